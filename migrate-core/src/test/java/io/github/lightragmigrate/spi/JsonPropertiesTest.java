package io.github.lightragmigrate.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** JSON is read as Jackson's tree reads it, from characters where we read bytes. */
class JsonPropertiesTest {

  private static final String PIECES = "{}[],:\"\\ /0123456789.eE+-tfnu\n\t\0\u00e9";
  private static final Pattern HUGE_EXPONENT = Pattern.compile("[eE][+-]?[0-9]{7}");
  private static final JsonMapper JACKSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  @Property(tries = 2000)
  void anyTextIsReadAsJacksonReadsIt(@ForAll("texts") String text) {
    assertThat(meaning(JsonValue.ofJson(text))).isEqualTo(jackson(text).orElseThrow());
  }

  @Property(tries = 5000)
  void textThatIsBrokenIsRefusedWhereJacksonRefusesIt(
      @ForAll("texts") String text, @ForAll Random random) {
    String broken = mutated(text, random);
    Optional<Object> expected = jackson(broken);
    if (expected.isPresent()) {
      assertThat(meaning(JsonValue.ofJson(broken))).isEqualTo(expected.get());
    } else {
      assertThatThrownBy(() -> JsonValue.ofJson(broken)).isInstanceOf(MalformedJsonException.class);
    }
  }

  @Property(tries = 3000)
  void valuesAreEqualWhenTheyMeanTheSame(
      @ForAll("smallTexts") String a, @ForAll("smallTexts") String b) {
    JsonValue one = JsonValue.ofJson(a);
    JsonValue other = JsonValue.ofJson(b);
    boolean same = jackson(a).equals(jackson(b));
    assertThat(one.equals(other)).as("%s equals %s", a, b).isEqualTo(same);
    assertThat(other.equals(one)).as("%s equals %s", b, a).isEqualTo(same);
    assertThat(one).isEqualTo(JsonValue.ofJson(" " + a));
    if (same) {
      assertThat(one).hasSameHashCodeAs(other);
    }
  }

  @Property(tries = 1000)
  void whatIsWrittenIsReadBack(@ForAll("texts") String text) {
    JsonValue value = JsonValue.ofJson(text);
    assertThat(JsonValue.ofJson(value.toJson())).isEqualTo(value);
    assertThat(value.toString()).as("one line").doesNotContain("\n", "\r");
    assertThat(JsonValue.ofJson(JsonValue.array(List.of(value, value)).toJson()).elements())
        .containsExactly(value, value);
  }

  @Property(tries = 1000)
  void anyStringIsWrittenAndReadBack(@ForAll("strings") String text) {
    JsonValue value = JsonValue.of(text);
    JsonValue read = JsonValue.ofJson(value.toJson());
    assertThat(read.string()).isEqualTo(text);
    assertThat(read).isEqualTo(value).hasSameHashCodeAs(value);
  }

  @Property(tries = 1000)
  void aRecordIsWrittenAndReadBack(@ForAll("records") CacheRecord record) {
    assertThat(CacheRecord.ofJson(record.key(), record.toJson())).isEqualTo(record);
    assertThat(CacheRecord.ofJson(record.key(), record.toJsonWithId())).isEqualTo(record);
  }

  /** What Python writes and reads, and Jackson does not unless told to. */
  @Example
  void numbersThatAreNotFiniteAreRead() {
    for (String literal : List.of("NaN", "Infinity", "-Infinity")) {
      assertThat(JsonValue.ofJson("[" + literal + "]").elements().get(0)).hasToString(literal);
      assertThat(jackson("[" + literal + "]")).isEmpty();
    }
  }

  /** Well-formed, and more than a BigDecimal holds: kept as text. */
  @Example
  void aNumberWithAHugeExponentIsKept() {
    JsonValue value = JsonValue.ofJson("1e99999999999");
    assertThat(value.asDecimal()).isEmpty();
    assertThat(value).hasToString("1e99999999999").isEqualTo(JsonValue.ofJson(" 1e99999999999"));
  }

  /** A gap: Python reads it, and so does Jackson from characters, but not from bytes. */
  @Example
  void aNameWithALoneSurrogateIsRefused() {
    String text = "{\"a\\ud800\": 1}";
    assertThatThrownBy(() -> JsonValue.ofJson(text))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContaining("surrogate");
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.randomValue(RandomJson::anyText);
  }

  @Provide
  Arbitrary<String> smallTexts() {
    return Arbitraries.randomValue(RandomJson::smallText);
  }

  @Provide
  Arbitrary<String> strings() {
    return Arbitraries.randomValue(RandomJson::anyString);
  }

  @Provide
  Arbitrary<CacheRecord> records() {
    return Arbitraries.randomValue(
        random -> {
          Map<String, JsonValue> fields = new LinkedHashMap<>();
          for (int i = random.nextInt(6); i > 0; i--) {
            JsonValue value =
                random.nextBoolean()
                    ? JsonValue.of(RandomJson.anyString(random))
                    : JsonValue.ofJson(RandomJson.anyText(random));
            fields.put("name \"\\\n é " + i, value);
          }
          return CacheRecord.of("default:extract:" + RandomJson.anyString(random), fields);
        });
  }

  private static String mutated(String text, Random random) {
    StringBuilder broken = new StringBuilder(text);
    for (int i = 1 + random.nextInt(2); i > 0 && !broken.isEmpty(); i--) {
      int at = random.nextInt(broken.length());
      char piece = PIECES.charAt(random.nextInt(PIECES.length()));
      switch (random.nextInt(4)) {
        case 0 -> broken.deleteCharAt(at);
        case 1 -> broken.insert(at, piece);
        case 2 -> broken.setCharAt(at, piece);
        default -> broken.setLength(at);
      }
    }
    // half of a surrogate pair is no UTF-8, and an exponent beyond an int no number of Jackson's
    boolean comparable =
        !LoneSurrogates.areIn(broken.toString()) && !HUGE_EXPONENT.matcher(broken).find();
    return comparable ? broken.toString() : text + "}";
  }

  /** Empty where Jackson refuses the text. */
  private static Optional<Object> jackson(String text) {
    try {
      JsonNode node = JACKSON.readTree(text);
      return node.isMissingNode() ? Optional.empty() : Optional.of(meaning(node));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Object meaning(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> node.textValue();
      case NUMBER -> node.decimalValue().stripTrailingZeros();
      case BOOLEAN -> node.booleanValue();
      case ARRAY ->
          StreamSupport.stream(node.spliterator(), false).map(JsonPropertiesTest::meaning).toList();
      case OBJECT -> {
        Map<String, Object> fields = new LinkedHashMap<>();
        node.properties().forEach(field -> fields.put(field.getKey(), meaning(field.getValue())));
        yield fields;
      }
      default -> Optional.empty();
    };
  }

  private static Object meaning(JsonValue value) {
    return switch (value.kind()) {
      case STRING -> value.string();
      case NUMBER -> value.asDecimal().map(BigDecimal::stripTrailingZeros).orElseThrow();
      case BOOLEAN -> value.bool();
      case ARRAY -> value.elements().stream().map(JsonPropertiesTest::meaning).toList();
      case OBJECT -> {
        Map<String, Object> fields = new LinkedHashMap<>();
        value.fields().forEach((name, field) -> fields.put(name, meaning(field)));
        yield fields;
      }
      case NULL -> Optional.empty();
    };
  }
}
