package dev.unmask.app.cli;

import dev.unmask.engine.AtomicFile;
import dev.unmask.engine.training.Corpus;
import dev.unmask.engine.training.bpe.BytePairTrainer;
import dev.unmask.engine.training.bpe.BytePairVocabulary;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a tokenizer. */
@Command(
    name = "tokenizer",
    description = "Trains a byte-level BPE tokenizer and writes it as a standard tokenizer.json.")
final class TokenizerCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "TEXT",
      description = "A .txt or .gz file; a line <|endoftext|> separates documents.")
  private Path text;

  @Parameters(paramLabel = "OUT", description = "The tokenizer.json to write.")
  private Path out;

  @Option(
      names = "--size",
      converter = OptionValues.Size.class,
      paramLabel = "N",
      defaultValue = "4096",
      description = "Number of tokens, the special ones included (default ${DEFAULT-VALUE}).")
  private int size;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    AtomicFile.check(out);
    BytePairVocabulary vocabulary = BytePairTrainer.train(Corpus.texts(text), size);
    vocabulary.write(out);
    spec.commandLine().getOut().printf("%s: %d tokens%n", out, vocabulary.tokens().size());
    return 0;
  }
}
