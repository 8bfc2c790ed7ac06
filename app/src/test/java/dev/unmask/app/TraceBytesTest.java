package dev.unmask.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The traces of every sampler, byte for byte: by default, and with each setting that is a word at
 * each of its words. The models are exact, and those of images so small that BLAS cannot round
 * otherwise on another processor.
 */
class TraceBytesTest {
  private static final String TOKENS = "run --quiet --model sentences --length 6 --seed 7";
  private static final String IMAGES = "image --images 3 --threads 1 --seed 7 --model PAIR";
  private static final Path PAIR = Inventory.FOLDER.resolve("pair");
  private static final Pattern SAMPLER = Pattern.compile("(\\S+): .*\\(http.*\\)");
  private static final Pattern SETTING =
      Pattern.compile(" {2}(\\S+) +.* \\(default (.*?); (.*)\\)");
  private static final Pattern VERSION = Pattern.compile("\\\\\"version\\\\\":\\\\\"[^\"]*\"");

  @TempDir private Path folder;

  /**
   * A sampler as it is listed.
   *
   * @param settings the words that each can be, its default first; none if it is no word
   */
  private record Sampler(String name, Map<String, List<String>> settings) {
    /** The settings of which each run has one, if any. */
    List<String> variants() {
      List<String> variants = new ArrayList<>(List.of(""));
      settings.forEach(
          (name, words) ->
              words.stream().skip(1).forEach(word -> variants.add(" --set " + name + "=" + word)));
      return variants;
    }

    boolean has(String setting) {
      return settings.containsKey(setting);
    }
  }

  @Test
  void everySamplerOfTokensWritesTheSameBytes() {
    List<String> commands = new ArrayList<>();
    for (Sampler sampler : samplers("Samplers of tokens")) {
      String plain = TOKENS + " --sampler " + sampler.name();
      sampler.variants().forEach(variant -> commands.add(plain + variant));
      Stream.of("steps=12", "block=3", "block-size=3", "temperature=0.7", "guidance=0.5")
          .filter(each -> sampler.has(each.substring(0, each.indexOf('='))))
          .forEach(each -> commands.add(plain + " --set " + each));
      commands.add(plain + " --prompt _the");
    }
    for (String random : List.of("torch", "torch-numpy", "jax")) {
      commands.add(TOKENS + " --sampler mdlm --random " + random);
    }
    check("traces/tokens.txt", commands);
  }

  @Test
  void everySamplerOfImagesWritesTheSameBytes() {
    List<String> commands = new ArrayList<>();
    commands.add("corrupt --image left --seed 3 --model PAIR --t 0.6 --steps 20 > noised");
    for (Sampler sampler : samplers("Samplers of images")) {
      String plain = IMAGES + " --sampler " + sampler.name();
      sampler.variants().forEach(variant -> commands.add(plain + " --steps 6" + variant));
      Stream.of("order=1", "order=3", "eta=1", "corrections=2", "shift=3")
          .filter(each -> sampler.has(each.substring(0, each.indexOf('='))))
          .forEach(each -> commands.add(plain + " --steps 6 --set " + each));
      commands.add(plain);
      commands.add(plain + " --class left --guidance 1.5 --steps 6");
      commands.add(plain + " --from FOLDER/noised --steps 6");
    }
    check("traces/images.txt", commands);
  }

  @Test
  void everyCorruptionAndTheWayBackWriteTheSameBytes() {
    List<String> commands = new ArrayList<>();
    for (String noise :
        List.of("vp-linear", "vp-cosine", "vp-even", "sub-vp", "ve", "flow", "masking")) {
      commands.add(
          "corrupt --image both --seed 3 --model PAIR --t 0.6 --steps 20 --noise %s > noised"
              .formatted(noise));
      commands.add("image --threads 1 --seed 5 --model PAIR --steps 6 --from FOLDER/noised");
    }
    String how = " --t 0.6 --steps 30 --seed 3 --noise %s --schedule %s";
    for (String schedule :
        List.of(
            "log-linear",
            "cosine",
            "maskgit-cosine",
            "geometric",
            "reciprocal",
            "linear-betas",
            "cosine-betas",
            "mutual-information")) {
      for (String noise : List.of("absorbing", "uniform")) {
        commands.add(
            "corrupt _the_old_cat_chases_the_dog --model sentences%s > noised"
                .formatted(how.formatted(noise, schedule)));
        commands.add("run --quiet --seed 5 --from FOLDER/noised");
      }
      commands.add("corrupt a_butterfly --model letters" + how.formatted("gaussian", schedule));
    }
    check("traces/corruptions.txt", commands);
  }

  @Test
  void branchesAndRunsThatGoOnWriteTheSameBytes() {
    List<String> commands = new ArrayList<>();
    commands.add(TOKENS + " --sampler llada > masked");
    commands.add(TOKENS + " --sampler udlm --set steps=12 > uniform");
    commands.add(TOKENS + " --sampler bd3lm --set block-size=3 > block");
    commands.add("branch FOLDER/masked --at 2 --force 3=#10 > branch");
    commands.add(TOKENS + " --sampler dream --break commit_where_position_>_2 > stopped");
    for (String from : List.of("masked", "uniform", "block", "branch", "stopped")) {
      for (String change :
          List.of(
              "",
              " --force 3=#10",
              " --pin 1=#10",
              " --ban #10",
              " --ban 2=#10",
              " --remask 0,1,2",
              " --set temperature=0.5",
              " --force 3=#10 --pin 1=#11 --ban #4")) {
        commands.add("branch FOLDER/" + from + " --at 3" + change);
      }
    }
    commands.add("branch FOLDER/uniform --at 3 --sampler duo");
    check("traces/branches.txt", commands);
  }

  /** Does what commands say, in turn; what stands after > is the trace's name for later ones. */
  private void check(String list, List<String> commands) {
    Inventory.check(
        TraceBytesTest.class,
        list,
        commands.stream().map(command -> command + ": " + record(command)).toList());
  }

  /** The trace's hash, or why there is none. */
  private String record(String command) {
    String[] words = command.split(" > ");
    Path trace = folder.resolve(words.length == 1 ? "trace" : words[1]);
    String[] arguments =
        Stream.concat(
                Arrays.stream(words[0].split(" ")),
                Stream.of("--trace", "FOLDER/" + trace.getFileName()))
            .map(argument -> argument.replace('_', ' ').replace("PAIR", PAIR.toString()))
            .map(argument -> argument.replace("FOLDER", folder.toString()))
            .toArray(String[]::new);
    Inventory.Call call = Inventory.Call.of(arguments);
    if (call.code() == 0) {
      return hash(trace);
    }
    assertThat(call.code()).as("%s: %s", command, call.said()).isEqualTo(2);
    return call.said()
        .lines()
        .filter(line -> !line.startsWith("Try '"))
        .collect(Collectors.joining(" "))
        .replace(folder.toString(), "FOLDER");
  }

  /** Of the header without the program's version, and of all tensors. */
  private static String hash(Path trace) {
    try {
      byte[] bytes = Files.readAllBytes(trace);
      int length = Math.toIntExact(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong());
      String header = new String(bytes, Long.BYTES, length, StandardCharsets.UTF_8).strip();
      var hashed = new ByteArrayOutputStream();
      hashed.writeBytes(VERSION.matcher(header).replaceAll("").getBytes(StandardCharsets.UTF_8));
      hashed.write(bytes, Long.BYTES + length, bytes.length - Long.BYTES - length);
      return Inventory.sha256(hashed.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Sampler> samplers(String heading) {
    List<Sampler> samplers = new ArrayList<>();
    boolean under = false;
    for (String line : Inventory.run("samplers").lines().toList()) {
      Matcher sampler = SAMPLER.matcher(line);
      Matcher setting = SETTING.matcher(line);
      if (line.startsWith("Samplers of ")) {
        under = line.equals(heading);
      } else if (under && sampler.matches()) {
        samplers.add(new Sampler(sampler.group(1), new LinkedHashMap<>()));
      } else if (under && setting.matches()) {
        samplers
            .getLast()
            .settings()
            .put(setting.group(1), words(setting.group(2), setting.group(3)));
      }
    }
    assertThat(samplers).hasSizeGreaterThan(10);
    return samplers;
  }

  private static List<String> words(String usual, String range) {
    List<String> words =
        Stream.of(range.split(", ")).filter(word -> word.matches("[\\w-]+")).toList();
    return words.contains(usual)
        ? Stream.concat(Stream.of(usual), words.stream().filter(word -> !word.equals(usual)))
            .toList()
        : List.of();
  }
}
