package courier.mongodb;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.bson.Document;

/**
 * A JSON array in pieces of UTF-8, each made when it is asked for. A piece ends with the document
 * that brings it to 64 KiB.
 */
public final class JsonArrayPieces implements Iterator<byte[]> {
  private static final int PIECE = 64 * 1024;
  private static final byte[] END = "\n]\n".getBytes(StandardCharsets.UTF_8);

  private final Iterator<Document> documents;
  private boolean begun;
  private boolean ended;

  public JsonArrayPieces(Iterator<Document> documents) {
    this.documents = documents;
  }

  @Override
  public boolean hasNext() {
    return !ended;
  }

  @Override
  public byte[] next() {
    if (ended) {
      throw new NoSuchElementException();
    }
    ByteArrayOutputStream piece = new ByteArrayOutputStream();
    if (!begun) {
      piece.write('[');
    }
    while (piece.size() < PIECE && documents.hasNext()) {
      if (begun) {
        piece.write(',');
      }
      piece.write('\n');
      piece.writeBytes(json(documents.next()));
      begun = true;
    }
    if (!documents.hasNext()) {
      piece.writeBytes(END);
      ended = true;
    }
    return piece.toByteArray();
  }

  private static byte[] json(Document document) {
    try {
      return StoredJson.WRITER.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
