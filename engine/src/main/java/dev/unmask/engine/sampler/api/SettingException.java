package dev.unmask.engine.sampler.api;

import dev.unmask.engine.InputException;

/**
 * A setting that a sampler does not have, or a value that it does not take; the message is for the
 * user.
 */
public final class SettingException extends InputException {
  private static final long serialVersionUID = 1L;

  /** With a whole sentence for the user. */
  public SettingException(String sentence) {
    super(sentence);
  }

  static SettingException outside(Setting<?> setting, String text) {
    return new SettingException(
        "The setting %s is '%s', but it must be %s."
            .formatted(setting.name(), text, setting.range()));
  }
}
