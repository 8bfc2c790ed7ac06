package dev.unmask.engine.corruption;

/** Texts to corrupt where none was typed. */
public enum SampleText {
  /** How the bundled model's stories begin. */
  STORY(
      "A story",
      "Once upon a time, there was a little girl named Lily. She loved to play with her red ball in"
          + " the park. One day, she saw a big dog."),
  /** The one that comes back "in China" (https://arxiv.org/abs/2107.03006, figure 2). */
  CATERPILLAR(
      "D3PM's caterpillar",
      "Caterpillar is eager to expand in Asia , where it trails local competitors such as Komatsu"
          + " Ltd"),
  /** One that the model of small sentences knows. */
  SENTENCE("A sentence", "the old cat chases the dog");

  private final String title;
  private final String text;

  SampleText(String title, String text) {
    this.title = title;
    this.text = text;
  }

  /** As it is offered. */
  public String title() {
    return title;
  }

  /** The text itself. */
  public String text() {
    return text;
  }
}
