package courier.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.DocumentCodec;

/**
 * Reads a document of a line. The driver's reader takes more than JSON, and any depth, so another
 * one looks first.
 */
final class StrictDocument {
  /** MongoDB's, and one more for an object that is a value. */
  private static final int DEEPEST = 101;

  /** MongoDB's own limit, in bytes of BSON. */
  private static final int LARGEST = 16 * 1024 * 1024;

  /** Bytes of JSON that are no more than that in BSON, whatever they say. */
  private static final int SURELY_FITS = 1024 * 1024;

  private static final DocumentCodec CODEC = new DocumentCodec();
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(Lines.LONGEST)
                  .build())
          .build();

  private StrictDocument() {}

  static Document read(byte[] line) throws WrongLine {
    requireJson(line);
    try {
      Document document = Document.parse(new String(line, UTF_8));
      if (line.length > SURELY_FITS
          && new RawBsonDocument(document, CODEC).getByteBuffer().remaining() > LARGEST) {
        throw new WrongLine("is larger than the 16 MiB of a document");
      }
      return document;
    } catch (BsonMaximumSizeExceededException e) {
      throw new WrongLine("is larger than the 16 MiB of a document");
    } catch (RuntimeException e) {
      throw new WrongLine("is no document in Extended JSON: " + e.getMessage());
    }
  }

  private static void requireJson(byte[] line) throws WrongLine {
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new WrongLine("is no JSON object");
      }
      json.skipChildren();
      if (json.nextToken() != null) {
        throw new WrongLine("has something behind its object");
      }
    } catch (JsonProcessingException e) {
      throw new WrongLine("is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new WrongLine("is no UTF-8");
    }
  }
}
