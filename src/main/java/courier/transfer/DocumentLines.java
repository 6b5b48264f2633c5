package courier.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import org.bson.Document;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/**
 * Documents as lines, in pieces of UTF-8 that are made when they are asked for. A piece ends with
 * the document that brings it to 64 KiB; there is one at least.
 */
final class DocumentLines implements Iterator<byte[]> {
  private static final int PIECE = 64 * 1024;
  private static final JsonWriterSettings CANONICAL =
      JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

  private final Iterator<Document> documents;
  private final UnaryOperator<Document> shown;
  private boolean begun;

  /**
   * @param shown what of a document goes out
   */
  DocumentLines(Iterator<Document> documents, UnaryOperator<Document> shown) {
    this.documents = documents;
    this.shown = shown;
  }

  @Override
  public boolean hasNext() {
    return !begun || documents.hasNext();
  }

  @Override
  public byte[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    begun = true;
    ByteArrayOutputStream piece = new ByteArrayOutputStream();
    while (piece.size() < PIECE && documents.hasNext()) {
      piece.writeBytes(shown.apply(documents.next()).toJson(CANONICAL).getBytes(UTF_8));
      piece.write('\n');
    }
    return piece.toByteArray();
  }
}
