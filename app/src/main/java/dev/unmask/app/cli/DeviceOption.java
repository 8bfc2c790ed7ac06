package dev.unmask.app.cli;

import dev.unmask.engine.InputException;
import dev.unmask.engine.tensor.Accelerator;
import dev.unmask.engine.tensor.Device;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where a command computes its language model. A command that has this needs do nothing more. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description =
          "Where a language model is computed: cpu, or cuda, an NVIDIA card if one will do (see"
              + " `unmask devices`); if not given, cpu, or cuda where the program was built with"
              + " -Pcuda. It was not tried on any card yet.")
  private Device device;

  /**
   * Has a command compute where it was told to, and tells of it if it is not as ever.
   *
   * @throws ParameterException if the program was started for a device that there is not
   */
  static void obey(CommandLine command) {
    of(command.getCommandSpec()).ifPresent(option -> option.obey(command, command.getErr()));
  }

  private static Optional<DeviceOption> of(CommandSpec command) {
    return command.mixins().values().stream()
        .map(CommandSpec::userObject)
        .filter(DeviceOption.class::isInstance)
        .map(DeviceOption.class::cast)
        .findFirst();
  }

  private void obey(CommandLine command, PrintWriter err) {
    if (device != null) {
      device.ask();
    }
    try {
      Accelerator.probe().notice().ifPresent(err::println);
      err.flush();
    } catch (InputException e) {
      throw new ParameterException(command, e.getMessage(), e);
    }
  }
}
