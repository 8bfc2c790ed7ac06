package dev.unmask.app.cli;

import dev.unmask.app.Assets;
import dev.unmask.engine.checkpoint.ModelFolders;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the bundled models. */
@Command(
    name = "models",
    description = "Lists the bundled models; --model also takes any model folder.")
final class ModelsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    var folders = new ModelFolders(Assets.models());
    folders.names().forEach(name -> out.printf("%-16s %s%n", name, folders.resolve(name)));
    out.flush();
  }
}
