package dev.unmask.app.cli;

import dev.unmask.app.Assets;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.remote.InferenceServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A model for other machines. */
@Command(
    name = "serve",
    description = {
      "Serves a model by the Open Inference Protocol v2 until it is stopped.",
      "The first line says its address, which --model of another unmask takes."
    },
    showDefaultValues = true)
final class ServeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "A bundled model's name, or a model folder.")
  private String model;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Where it is reached; 0.0.0.0 is from everywhere, with no password asked.")
  private String host = "127.0.0.1";

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description = {
        "A name that it is asked by, besides that address and localhost, as of a tunnel or a"
            + " proxy;",
        "may be given again."
      })
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--port",
      converter = OptionValues.Port.class,
      paramLabel = "N",
      description = "0 is any that is free.")
  private int port = 8080;

  @Option(
      names = "--threads",
      converter = OptionValues.Threads.class,
      paramLabel = "N",
      description = "That the model computes on.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Mixin private DeviceOption device;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Path folder = new ModelFolders(Assets.models()).resolve(model);
    try (Model opened = Model.open(folder, threads);
        InferenceServer server =
            InferenceServer.start(opened, folder.resolve("tokenizer.json"), host, port, names)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(server.address());
      out.flush();
      new CountDownLatch(1).await();
    }
    return 0;
  }
}
