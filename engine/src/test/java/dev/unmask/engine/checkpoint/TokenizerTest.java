package dev.unmask.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {
  private static final String WORDS =
      "'model':{'type':'WordLevel','vocab':{'a':0,'b':1,'?':2},'unk_token':'?'}";
  private static final String SPACES = "'pre_tokenizer':{'type':'Whitespace'}";
  private static final String PAIRS =
      "'model':{'type':'BPE','vocab':{'a':0,'b':1,'ab':2},'merges':['a b']}";

  @TempDir Path folder;

  @Test
  void textBecomesIdsAndIdsBecomeText() throws IOException {
    try (Tokenizer tokenizer = open(WORDS + "," + SPACES)) {
      assertThat(tokenizer.encode("b a c")).containsExactly(1, 0, 2);
      assertThat(tokenizer.decode(0, 1)).isEqualTo("a b");
      assertThat(tokenizer.size()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PAIRS,
        "'model':{'type':'BPE','vocab':{'a':0,'##b':1,'ab':2},'merges':[['a','##b']],'continuing_subword_prefix':'##'}",
        "'model':{'type':'WordPiece','vocab':{'a':0,'##b':1,'?':2},'unk_token':'?','continuing_subword_prefix':'##','max_input_chars_per_word':100}",
        "'model':{'type':'Unigram','vocab':[['?',0],['a',-1.5],['b',-2]],'unk_id':0}",
        PAIRS
            + ",'normalizer':{'type':'Sequence','normalizers':[{'type':'NFC'},{'type':'Prepend','prepend':'_'},{'type':'Replace','pattern':{'String':'_'},'content':''}]}"
            + ",'pre_tokenizer':{'type':'Sequence','pretokenizers':[{'type':'Split','pattern':{'Regex':' ?\\\\p{L}+'},'behavior':'Isolated','invert':false}]}"
            + ",'decoder':{'type':'Sequence','decoders':[{'type':'ByteFallback'},{'type':'Fuse'},{'type':'Strip','content':' ','start':1,'stop':0}]}",
        // What adds special tokens, cuts and pads is not asked for, whatever it is.
        PAIRS + ",'post_processor':{'type':'Unheard'},'truncation':7,'padding':{'length':1e999}",
      })
  void everyKindThatIsKnownIsRead(String json) throws IOException {
    try (Tokenizer tokenizer = open(json)) {
      assertThat(tokenizer.encode("ab")).isNotEmpty();
      assertThat(tokenizer.size()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "'model':{'type':'BPE','vocab':{'a':0,'b':1,'ab':2},'merges':['a b'],'continuing_subword_prefix':'##'} ; it merges",
        "'model':{'type':'BPE','vocab':{'a':0,'b':1,'ab':2},'merges':['a']} ; it merges",
        "'model':{'type':'BPE','vocab':{'a':0,'\\ud800':1},'merges':[]} ; half a character",
        "'model':{'type':'BPE','vocab':{'a':-1},'merges':[]} ; the id of a token",
        "'model':{'type':'BPE','vocab':{'a':2000000000},'merges':[]} ; numbered 2000000000, and 1 tokens",
        "'model':{'type':'BPE','vocab':{'a':2147483647},'merges':[]} ; numbered 2147483647",
        "'model':{'type':'BPE','vocab':{},'merges':[]} ; no vocabulary",
        "'model':{'type':'Unigram','vocab':[['',0]]} ; its vocabulary holds",
        "'model':{'type':'Unigram','vocab':[['a',0]],'unk_id':1} ; its unk_id is 1",
        "'model':{'type':'Unigram','vocab':[['a',1e999]]} ; its vocabulary holds",
        "'model':{'type':'Magic','vocab':{'a':0}} ; its model is of the kind \"Magic\"",
        "'model':{'type':'WordLevel','vocab':{'a':0},'unk_token':'a'},'decoder':'\\ud800' ; its decoder is of the kind missing",
        "'model':{'type':'WordLevel','vocab':{'a':0},'unk_token':'a'},'decoder':{'type':'WordPiece','prefix':'\\ud800','cleanup':true} ; half a character",
        "'model':{'type':'WordLevel','vocab':{'a':0},'unk_token':'a'},'decoder':{'type':'Strip','content':' ','start':0,'stop':1} ; the stop of its decoder",
        "'model':{'type':'WordLevel','vocab':{'a':0},'unk_token':'a'},'normalizer':{'type':'Replace','pattern':{'String':''},'content':''} ; the pattern of its normalizer",
        "'model':{'type':'WordLevel','vocab':{'a':0},'unk_token':'a'},'normalizer':{'type':'Sequence','normalizers':[{'type':'Precompiled'}]} ; the precompiled_charsmap of its normalizer is missing",
        "'model':{'type':'WordLevel','vocab':{'a':0},'unk_token':'a'},'pre_tokenizer':{'type':'Split','pattern':{'Regex':'(a+)+'},'behavior':'Isolated'} ; repeats what is itself repeated",
        "'model':{'type':'WordLevel','vocab':{'a':0},'unk_token':'a'},'added_tokens':[{'id':0,'content':''}] ; the content of its added_tokens",
      })
  void whatWouldAbortTheProgramIsRefusedInOneSentence(String json, String why) {
    assertThatThrownBy(() -> open(json))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("tokenizer.json")
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }

  /** A table that makes a into what its text number {@code value} is. */
  private static String charsMap(int value) {
    ByteBuffer map = ByteBuffer.allocate(4 + 4 * 512 + 2).order(ByteOrder.LITTLE_ENDIAN);
    map.putInt(4 * 512);
    map.putInt(4, 256 << 10);
    map.putInt(4 + 4 * (256 ^ 'a'), (256 ^ 'a' ^ 384) << 10 | 1 << 8 | 'a');
    map.putInt(4 + 4 * 384, 1 << 31 | value);
    map.put(4 + 4 * 512, (byte) 'b');
    return "'normalizer':{'type':'Precompiled','precompiled_charsmap':'%s'}"
        .formatted(Base64.getEncoder().encodeToString(map.array()));
  }

  @Test
  void aTableOfCharactersIsFollowedOnlyWhereItLeadsToOne() throws IOException {
    try (Tokenizer tokenizer = open(WORDS + "," + SPACES + "," + charsMap(0))) {
      assertThat(tokenizer.encode("a b")).containsExactly(1, 1);
    }
    assertThatThrownBy(() -> open(WORDS + "," + charsMap(3)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the precompiled_charsmap of its normalizer");
    assertThat(CharsMap.isSound(Base64.getEncoder().encodeToString(new byte[8]))).isFalse();
    assertThat(CharsMap.isSound("!")).isFalse();
  }

  @Test
  void aTextWithoutTokensIsOneSentence() throws IOException {
    try (Tokenizer tokenizer =
        open("'model':{'type':'WordLevel','vocab':{'a':0},'unk_token':'?'}")) {
      assertThatThrownBy(() -> tokenizer.encode("b"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("no token for a part of the text");
    }
  }

  @Test
  void halfACharacterInATextIsAQuestionMark() throws IOException {
    try (Tokenizer tokenizer = open(WORDS + "," + SPACES)) {
      assertThat(tokenizer.encode("a \ud800")).containsExactly(0, 2);
    }
  }

  /** Of GPT-2, cl100k, o200k, Llama 4, DeepSeek V3 and Kimi K2. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        "[^\\r\\n\\p{L}\\p{N}]?((?=[\\p{L}])([^a-z]))*((?=[\\p{L}])([^A-Z]))+(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?|\\p{N}{1,3}",
        "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*",
        "[\\p{Han}]+|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}&&[^\\p{Han}]]+",
        "\\p{N}{1,3}(?=(?:\\p{N}{3})*$)",
        " {2,}",
      })
  void whatTokenizersSplitTextWithIsTaken(String regex) throws TokenizerPattern.Refused {
    TokenizerPattern.check(regex);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+",
        "(a|a)*",
        "(a?)*",
        "((a{1,3}){1,3})+",
        "a*a*a*a*a*b",
        "(a+){1,20}",
        "(?:a*)+b",
        "a**",
        "a*",
        "(a)\\1",
        "\\g<0>",
        "(?<n>a)",
        "(?{x})",
        "(*FAIL)",
        "(?#a)",
        "(?x)a",
        "a{100000}",
        "(a",
        "a)",
        "[a",
        "\\",
        "+",
        "",
        "a{2}{3}",
        "(?>a|b)*c",
      })
  void whatCouldRunForYearsIsRefused(String regex) {
    assertThatThrownBy(() -> TokenizerPattern.check(regex))
        .isInstanceOf(TokenizerPattern.Refused.class);
  }

  private Tokenizer open(String json) throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(
        file, "{" + json.replace("\\'", "\0").replace('\'', '"').replace('\0', '\'') + "}");
    return Tokenizer.open(file);
  }
}
