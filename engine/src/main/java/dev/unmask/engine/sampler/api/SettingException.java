package dev.unmask.engine.sampler.api;

import dev.unmask.engine.FieldException;

/**
 * A setting that a sampler does not have, or a value that it does not take; the message is for the
 * user.
 */
public final class SettingException extends FieldException {
  private static final long serialVersionUID = 1L;

  /** With a whole sentence for the user. */
  public SettingException(String setting, String sentence) {
    super(setting, sentence);
  }

  /**
   * With a whole sentence for the user, where one value suggests itself.
   *
   * @param instead what the setting may be
   */
  public SettingException(String setting, String instead, String sentence) {
    super(setting, instead, sentence);
  }

  static SettingException outside(Setting<?> setting, String text) {
    return new SettingException(
        setting.name(),
        "The setting %s is '%s', but it must be %s."
            .formatted(setting.name(), text, setting.range()));
  }
}
