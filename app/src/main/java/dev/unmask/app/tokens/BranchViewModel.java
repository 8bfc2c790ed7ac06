package dev.unmask.app.tokens;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.History;
import dev.unmask.app.session.BranchRequest;
import dev.unmask.app.session.EditWords;
import dev.unmask.app.session.Run;
import dev.unmask.app.session.Session;
import dev.unmask.engine.InputException;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.own.SamplerRefusal;
import dev.unmask.engine.trace.Candidates;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceHeader.Edit;
import dev.unmask.engine.trace.TraceHeader.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What is to be changed at the playhead before the run goes on as a branch. */
public final class BranchViewModel {
  private final Session session;
  private final RunViewModel form;
  private final ObservableList<Edit> edits = FXCollections.observableArrayList();
  private final BooleanProperty withForm = new SimpleBooleanProperty();
  private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
  private String questioned = "";

  /** With no change yet. */
  public BranchViewModel(Session session, RunViewModel form) {
    this.session = session;
    this.form = form;
    session
        .frameProperty()
        .addListener(
            (seen, before, now) -> {
              if (!history(before).equals(history(now))) {
                edits.clear();
                withForm.set(false);
                questioned = "";
              }
            });
  }

  private static Optional<History> history(Optional<Frame> frame) {
    return frame.map(Frame::history);
  }

  /**
   * Puts a token at the selected position, or several there and behind it; they are free again
   * afterwards.
   */
  public void force(String typed) {
    edit(Edit.Kind.SET, typed);
  }

  /**
   * Puts a token at the selected position that is to stay; the one that is there if none is typed.
   */
  public void pin(String typed) {
    edit(Edit.Kind.PIN, typed);
  }

  /** Forbids a token at the selected position; the one that is there if none is typed. */
  public void ban(String typed) {
    edit(Edit.Kind.BAN, typed);
  }

  /** Puts the mask back at the selected position. */
  public void remask() {
    selected()
        .ifPresent(
            frame -> add(Edit.Kind.SET, frame, List.of(frame.trace().header().tokens().maskId())));
  }

  private void edit(Edit.Kind kind, String typed) {
    selected()
        .ifPresent(
            frame -> {
              try {
                TraceHeader header = frame.trace().header();
                String meant = typed.isEmpty() && kind != Edit.Kind.SET ? there(frame) : typed;
                add(kind, frame, TokenText.readAll(meant, header));
              } catch (InputException e) {
                error.set(e.getMessage());
              }
            });
  }

  private static String there(Frame frame) {
    int token = frame.state().tokens()[frame.selection()];
    return "#" + token;
  }

  private void add(Edit.Kind kind, Frame frame, List<Integer> tokens) {
    int first = frame.selection();
    int room = frame.state().length() - first;
    if (tokens.size() > room) {
      error.set(
          "These are %d tokens, and from position %d on there is room for %d; choose an earlier one."
              .formatted(tokens.size(), first, room));
      return;
    }
    error.set("");
    for (int i = 0; i < tokens.size(); i++) {
      int position = first + i;
      if (kind != Edit.Kind.BAN) {
        edits.removeIf(edit -> edit.position() == position && edit.kind() != Edit.Kind.BAN);
      }
      edits.add(new Edit(kind, position, tokens.get(i)));
    }
  }

  private Optional<Frame> selected() {
    return session.frameProperty().get().filter(frame -> frame.selection() >= 0);
  }

  /** Tokens that begin with what is typed, shortest first; candidates where nothing is. */
  public List<String> completions(String typed) {
    if (typed.isBlank() || typed.startsWith("#")) {
      return candidates();
    }
    return selected()
        .map(frame -> TokenText.beginning(typed.strip(), frame.trace().header()))
        .orElse(List.of());
  }

  /** What the selected position could become at the playhead, as it would be typed; best first. */
  public List<String> candidates() {
    return selected().map(BranchViewModel::candidates).orElse(List.of());
  }

  /** Of the next step, or else of the last one that asked about the position. */
  private static List<String> candidates(Frame frame) {
    int next = Math.min(frame.step(), frame.recorded() - 1);
    return IntStream.iterate(next, step -> step >= 0, step -> step - 1)
        .mapToObj(step -> candidates(frame, step))
        .filter(words -> !words.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static List<String> candidates(Frame frame, int step) {
    Candidates all = frame.trace().step(step).candidates();
    int first = frame.selection() * all.perPosition();
    return IntStream.range(first, first + all.perPosition())
        .map(i -> all.ids()[i])
        .filter(id -> id >= 0)
        .mapToObj(id -> TokenText.write(id, frame.trace().header()))
        .toList();
  }

  /** What the form would change; empty if nothing. */
  public String formWords() {
    return session.frameProperty().get().map(this::formWords).orElse("");
  }

  private String formWords(Frame frame) {
    if (!form.validProperty().get()) {
      return "";
    }
    Optional<Segment> now = segment(frame);
    boolean same = now.filter(this::isOfForm).isPresent();
    String settings =
        fromForm(frame).entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return same || now.isEmpty() ? settings : "sampler " + sampler().name();
  }

  /** Whether the form has the sampler that took a segment's steps, in the same version. */
  private boolean isOfForm(Segment segment) {
    return segment.sampler().equals(sampler().name())
        && (segment.samplerSha256().isEmpty()
            || segment.samplerSha256().equals(sampler().sha256()));
  }

  private SamplerKind sampler() {
    return form.samplerProperty().get();
  }

  private static Optional<Segment> segment(Frame frame) {
    return frame.trace().header().segments().stream()
        .filter(segment -> segment.fromStep() <= frame.step())
        .reduce((earlier, later) -> later);
  }

  private Map<String, String> fromForm(Frame frame) {
    Map<String, Object> before =
        segment(frame).filter(this::isOfForm).map(Segment::settings).orElse(Map.of());
    Map<String, String> typed = new LinkedHashMap<>(form.request().settings());
    return EditWords.changed(before, Settings.of(sampler().settings(), typed).byName());
  }

  /**
   * Goes on from the playhead with the changes, as another run; the one that is shown is taken to
   * its own end before.
   */
  public void branch() {
    Optional<Frame> shown = session.frameProperty().get();
    if (shown.isEmpty() || session.file().isEmpty()) {
      return;
    }
    Frame frame = shown.get();
    boolean taken = withForm.get() && !formWords(frame).isEmpty();
    if (!taken && frame.step() == frame.recorded() && ended()) {
      error.set("The run ended here; branch at an earlier step, or change the form.");
      return;
    }
    Optional<SamplerRefusal> refusal = taken ? Optional.empty() : refusal(frame);
    if (refusal.isPresent()) {
      error.set(refusal.get().clause());
      return;
    }
    Optional<String> model = model(frame.trace().header().model().name());
    if (model.isEmpty()) {
      return;
    }
    error.set("");
    session.start(
        new BranchRequest(
            session.file().get(),
            model.get(),
            frame.step(),
            List.copyOf(edits),
            taken ? Optional.of(sampler().name()) : Optional.empty(),
            taken ? fromForm(frame) : Map.of()));
  }

  /** Why the sampler that would go on may not be run. */
  private static Optional<SamplerRefusal> refusal(Frame frame) {
    return frame
        .history()
        .plan()
        .refusal()
        .filter(
            refused ->
                segment(frame).map(Segment::sampler).filter(refused.sampler()::equals).isPresent());
  }

  /**
   * The model to go on with, where a trace names one: a bundled one, or as the user named it in the
   * form or for a run before. Of any other it is told first what would be read or asked, and only
   * who branches again wants that.
   */
  private Optional<String> model(String recorded) {
    if (form.models().contains(recorded) || recorded.equals(questioned)) {
      return Optional.of(recorded);
    }
    String shown = form.modelProperty().get();
    Optional<String> named =
        Stream.concat(
                Stream.of(shown).filter(model -> !model.equals(recorded)),
                session.models().stream())
            .filter(
                model ->
                    model.equals(recorded)
                        || model.endsWith("/" + recorded)
                        || model.endsWith("\\" + recorded))
            .findFirst();
    if (named.isEmpty()) {
      questioned = recorded;
      error.set(
          "The model %s is not bundled, but named by the trace; branch again to have it read or asked, or write its folder in the form."
              .formatted(recorded));
    }
    return named;
  }

  private boolean ended() {
    return session
        .progressProperty()
        .get()
        .filter(progress -> progress.phase() == Run.Phase.FINISHED)
        .isPresent();
  }

  /** For a list. */
  String words(Edit edit) {
    return session
        .frameProperty()
        .get()
        .map(frame -> EditWords.of(edit, frame.trace().header()))
        .orElse("");
  }

  /** The changes of the state, in the order in which they were made. */
  public ObservableList<Edit> edits() {
    return edits;
  }

  /** Whether sampler and settings of the form are taken. */
  public BooleanProperty withFormProperty() {
    return withForm;
  }

  /** What is wrong with what was typed last; empty if nothing is. */
  public ReadOnlyStringProperty errorProperty() {
    return error.getReadOnlyProperty();
  }

  /** How a token is typed: its text, or # and its id, behind which its text may stand. */
  public static final class TokenText {
    private static final Pattern ID = Pattern.compile("#(\\d{1,9})( .*)?", Pattern.DOTALL);

    /** How many tokens are offered. */
    private static final int COMPLETIONS = 12;

    private TokenText() {}

    /**
     * The token that was typed.
     *
     * @throws InputException if it is none
     */
    public static int read(String typed, TraceHeader header) {
      Matcher id = ID.matcher(typed);
      int token =
          id.matches()
              ? Integer.parseInt(id.group(1))
              : header.tokens().vocabulary().indexOf(typed);
      if (typed.isEmpty() || token < 0 || token >= header.tokens().vocabulary().size()) {
        throw new InputException(
            "'%s' is not one token of the model %s; try it with a space before it, or write # and an id."
                .formatted(typed, header.model().name()));
      }
      return token;
    }

    /**
     * The tokens that were typed: one, with or without the space that most begin with; else as many
     * as the text is made of, the longest first.
     *
     * @throws InputException if it is made of none
     */
    static List<Integer> readAll(String typed, TraceHeader header) {
      List<String> vocabulary = header.tokens().vocabulary();
      if (ID.matcher(typed).matches() || vocabulary.contains(typed) || typed.isBlank()) {
        return List.of(read(typed, header));
      }
      List<Integer> tokens = split(" " + typed, vocabulary);
      return tokens.isEmpty() ? List.of(read(typed, header)) : tokens;
    }

    private static List<Integer> split(String text, List<String> vocabulary) {
      List<Integer> tokens = new ArrayList<>();
      int from = 0;
      while (from < text.length()) {
        int end = text.length();
        while (end > from && vocabulary.indexOf(text.substring(from, end)) < 0) {
          end--;
        }
        if (end == from) {
          return List.of();
        }
        tokens.add(vocabulary.indexOf(text.substring(from, end)));
        from = end;
      }
      return tokens;
    }

    /** Tokens whose text begins so, with or without a space before. */
    static List<String> beginning(String start, TraceHeader header) {
      List<String> vocabulary = header.tokens().vocabulary();
      return IntStream.range(0, vocabulary.size())
          .filter(id -> vocabulary.get(id).stripLeading().startsWith(start))
          .boxed()
          .sorted(Comparator.comparingInt(id -> vocabulary.get(id).length()))
          .limit(COMPLETIONS)
          .map(id -> write(id, header))
          .toList();
    }

    /** As {@link #read} reads it, with the text to see. */
    public static String write(int token, TraceHeader header) {
      return "#%d %s".formatted(token, header.tokens().text(token));
    }
  }
}
