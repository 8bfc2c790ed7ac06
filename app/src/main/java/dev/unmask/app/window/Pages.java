package dev.unmask.app.window;

import dev.unmask.app.compare.ComparePage;
import dev.unmask.app.controls.PageView;
import dev.unmask.app.corruption.CorruptionPage;
import dev.unmask.app.corruption.CorruptionViewModel;
import dev.unmask.app.export.ExportPage;
import dev.unmask.app.families.FamiliesPage;
import dev.unmask.app.images.ImagesPage;
import dev.unmask.app.playground.ParticlesPage;
import dev.unmask.app.playground.PlaygroundPage;
import dev.unmask.app.runs.IdentityLine;
import dev.unmask.app.session.Page;
import dev.unmask.app.tokens.NoticePane;
import dev.unmask.app.tokens.RunViewModel;
import dev.unmask.app.tokens.TokensPage;
import dev.unmask.engine.corruption.Alphabet;
import java.util.List;
import java.util.function.Function;

/** All pages of the window. */
final class Pages {
  /** In the order of their tabs. */
  static final List<Entry> ALL =
      List.of(
          new Entry(TokensPage.PAGE, Pages::tokens),
          new Entry(CorruptionPage.PAGE, Pages::corruption),
          new Entry(
              ImagesPage.PAGE,
              window ->
                  new ImagesPage(
                      window.debugging().images(),
                      window.actions().debug().branch,
                      window.painting(),
                      window.appearance())),
          new Entry(PlaygroundPage.PAGE, Pages::playground),
          new Entry(ComparePage.PAGE, Pages::compare),
          new Entry(
              ExportPage.PAGE,
              window ->
                  new ExportPage(
                      window.session(),
                      window.export(),
                      window.actions().export(),
                      window.appearance(),
                      window.painting(),
                      WorkbenchWindow.worker("estimating"))));

  private Pages() {}

  /** Of them that one. */
  static Entry of(Page page) {
    return ALL.stream().filter(entry -> entry.page() == page).findFirst().orElseThrow();
  }

  /**
   * A page.
   *
   * @param view shows it, made of what the window has
   */
  record Entry(Page page, Function<WindowParts, PageView> view) {}

  private static PageView tokens(WindowParts window) {
    Actions actions = window.actions();
    var notice =
        new NoticePane(
            List.of(actions.run().run, actions.file().open, actions.help().tour),
            actions.file().allow,
            actions.file().leave);
    return new TokensPage(
        window.session(),
        window.form(),
        window.appearance(),
        actions.run(),
        actions.debug(),
        notice,
        window::remedy,
        window.debugging().images(),
        new IdentityLine(
            window.debugging().runs(), actions.debug().parent, actions.debug().compare),
        window.columns().inspectorProperty(),
        window.painting(),
        window.when());
  }

  private static PageView corruption(WindowParts window) {
    RunViewModel form = window.form();
    // The form may have been filled from a trace already, whose model nobody asked for yet.
    String shown = form.modelProperty().get();
    CorruptionViewModel noised = window.exhibits().noised();
    noised.modelProperty().set(form.models().contains(shown) ? shown : Alphabet.LETTERS);
    return new CorruptionPage(
        noised,
        form.models(),
        window.painting(),
        WorkbenchWindow.worker("matrices"),
        window.appearance());
  }

  private static PageView playground(WindowParts window) {
    var particles =
        new ParticlesPage(window.exhibits().particles(), window.painting(), window.appearance());
    var families =
        new FamiliesPage(window.exhibits().families(), window.painting(), window.appearance());
    return new PlaygroundPage(particles, families, window.exhibits().tab());
  }

  private static PageView compare(WindowParts window) {
    return new ComparePage(
        window.session(),
        window.debugging().compared(),
        window.recent(),
        window.actions().debug().firstDivergence,
        owner -> new WorkbenchDialogs(owner).traceToOpen(),
        window.painting(),
        window.appearance());
  }
}
