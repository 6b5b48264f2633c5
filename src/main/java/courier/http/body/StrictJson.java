package courier.http.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.http.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads one JSON text that every reader would understand alike (RFC 8259 with the promises of
 * I-JSON): valid UTF-8, no member twice, no half surrogate pairs, nothing behind it; numbers keep
 * all their digits.
 */
final class StrictJson {
  // BSON nests 100 levels at most, and what is accepted here has to be storable.
  private static final int MAX_DEPTH = 64;
  private static final int NAME_SHOWN = 64;
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  static {
    JSON.getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build());
  }

  private StrictJson() {}

  /**
   * @param hint ends the detail of a refusal: what to send instead
   * @throws Refusal 400
   */
  static JsonNode read(byte[] body, String hint) {
    if (body == null || body.length == 0) {
      throw new Refusal(400, "The body is empty. " + hint);
    }
    String text = decode(body, hint);
    if (text.startsWith(BYTE_ORDER_MARK)) {
      throw new Refusal(
          400, "The body begins with a byte-order mark, which JSON has not: leave it out. " + hint);
    }
    try (JsonParser parser = JSON.createParser(text)) {
      JsonNode node = read(parser, hint);
      if (node == null) {
        throw new Refusal(400, "The body is empty. " + hint);
      }
      if (parser.nextToken() != null) {
        throw new Refusal(400, "The body goes on behind its JSON" + at(parser) + ". " + hint);
      }
      // Decoding has left no half pair, so only an escape can make one.
      if (text.contains("\\u")) {
        refuseHalfPairs(text);
      }
      return node;
    } catch (StreamConstraintsException e) {
      throw new Refusal(
          400, "The body is nested too deep, or has too long a name or number. " + hint);
    } catch (JsonProcessingException e) {
      throw new Refusal(
          400, "The body is not JSON" + at((JsonParser) e.getProcessor()) + ". " + hint);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String decode(byte[] body, String hint) {
    try {
      // A new decoder reports; new String(...) would replace what it cannot read.
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new Refusal(400, "The body is not valid UTF-8: encode it as UTF-8. " + hint);
    }
  }

  private static JsonNode read(JsonParser parser, String hint) throws IOException {
    try {
      return JSON.readTree(parser);
    } catch (MismatchedInputException e) {
      throw new Refusal(field(parser), "is there twice: send it once");
    }
  }

  private static void refuseHalfPairs(String text) throws IOException {
    try (JsonParser parser = JSON.createParser(text)) {
      for (JsonToken token; (token = parser.nextToken()) != null; ) {
        // Jackson itself takes no name that has one.
        if (token == JsonToken.VALUE_STRING
            && !StandardCharsets.UTF_8.newEncoder().canEncode(parser.getText())) {
          throw new Refusal(field(parser), "has one half of a surrogate pair: send both or none");
        }
      }
    }
  }

  /** The path of the member the parser is at, {@code a/b}, made fit to be shown. */
  private static String field(JsonParser parser) {
    String path = parser.getParsingContext().pathAsPointer().toString();
    String shown = path.substring(Math.min(1, path.length()), Math.min(NAME_SHOWN, path.length()));
    return new String(shown.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static String at(JsonParser parser) {
    var location = parser.currentLocation();
    return " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }
}
