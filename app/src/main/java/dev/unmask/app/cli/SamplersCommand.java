package dev.unmask.app.cli;

import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.SamplerDescription;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the samplers from their descriptions. */
@Command(
    name = "samplers",
    description = {
      "Lists the samplers of tokens and then those of images, with each setting, its default and"
          + " its range."
    })
final class SamplersCommand implements Runnable {
  @Option(names = "--markdown", description = "As the tables of the README.")
  private boolean markdown;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    String text =
        markdown
            ? table(Samplers.ALL) + "\n" + table(ImageSamplers.ALL)
            : plain("Samplers of tokens", Samplers.ALL)
                + "%n".formatted()
                + plain("Samplers of images", ImageSamplers.ALL);
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
  }

  private static String plain(String heading, List<? extends SamplerDescription> samplers) {
    return samplers.stream()
        .map(SamplersCommand::plain)
        .collect(Collectors.joining("%n".formatted(), "%s%n%n".formatted(heading), ""));
  }

  private static String plain(SamplerDescription sampler) {
    String settings =
        sampler.settings().stream()
            .map(
                s ->
                    "  %-24s %s (default %s; %s)%n"
                        .formatted(s.name(), s.meaning(), s.fallback(), s.range()))
            .collect(Collectors.joining());
    return "%s: %s (%s)%n  %s%n  Verified: %s%n%s"
        .formatted(
            sampler.name(),
            sampler.title(),
            sampler.paper(),
            sampler.summary(),
            sampler.verified(),
            settings);
  }

  /** A table of the README. */
  static String table(List<? extends SamplerDescription> samplers) {
    return samplers.stream()
        .map(SamplersCommand::row)
        .collect(
            Collectors.joining(
                "",
                """
                | sampler | paper | what it does | settings | verified |
                | --- | --- | --- | --- | --- |
                """,
                ""));
  }

  private static String row(SamplerDescription sampler) {
    String settings =
        sampler.settings().stream()
            .map(setting -> "`%s` = %s".formatted(setting.name(), setting.fallback()))
            .collect(Collectors.joining(", "));
    return "| `%s` | [%s](%s) | %s | %s | %s |\n"
        .formatted(
            sampler.name(),
            sampler.title(),
            sampler.paper(),
            sampler.summary(),
            settings,
            sampler.verified());
  }
}
