package dev.unmask.app.cli;

import dev.unmask.engine.sampler.SamplerKind;
import dev.unmask.engine.sampler.Samplers;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the samplers from their descriptions. */
@Command(
    name = "samplers",
    description = "Lists the samplers, with each setting, its default and its range.")
final class SamplersCommand implements Runnable {
  @Option(names = "--markdown", description = "As the tables of the README.")
  private boolean markdown;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    String text =
        markdown
            ? markdown()
            : Samplers.ALL.stream().map(SamplersCommand::plain).collect(Collectors.joining("\n"));
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
  }

  private static String plain(SamplerKind kind) {
    String settings =
        kind.settings().stream()
            .map(
                s ->
                    "  %-24s %s (default %s; %s)%n"
                        .formatted(s.name(), s.meaning(), s.fallback(), s.range()))
            .collect(Collectors.joining());
    return "%s: %s (%s)%n  %s%n  Verified: %s%n%s"
        .formatted(
            kind.name(), kind.title(), kind.paper(), kind.summary(), kind.verified(), settings);
  }

  /** The README's table of samplers. */
  static String markdown() {
    String rows = Samplers.ALL.stream().map(SamplersCommand::row).collect(Collectors.joining());
    return "| sampler | paper | what it does | settings | verified |\n| --- | --- | --- | --- | --- |\n"
        + rows;
  }

  private static String row(SamplerKind kind) {
    String settings =
        kind.settings().stream()
            .map(setting -> "`%s` = %s".formatted(setting.name(), setting.fallback()))
            .collect(Collectors.joining(", "));
    return "| `%s` | [%s](%s) | %s | %s | %s |\n"
        .formatted(
            kind.name(), kind.title(), kind.paper(), kind.summary(), settings, kind.verified());
  }
}
