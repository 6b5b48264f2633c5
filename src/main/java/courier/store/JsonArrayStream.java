package courier.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.bson.Document;

/** A JSON array that is written while it is read, so that it takes no memory however long it is. */
final class JsonArrayStream extends InputStream {
  private static final int CHUNK = 16 * 1024;

  private final Iterator<Document> documents;
  private final AutoCloseable source;
  private byte[] chunk = "[".getBytes(StandardCharsets.UTF_8);
  private int position;
  private boolean first = true;
  private boolean ended;

  JsonArrayStream(Iterator<Document> documents, AutoCloseable source) {
    this.documents = documents;
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int start, int length) throws IOException {
    if (position == chunk.length && !refill()) {
      return -1;
    }
    int count = Math.min(length, chunk.length - position);
    System.arraycopy(chunk, position, target, start, count);
    position += count;
    return count;
  }

  private boolean refill() throws IOException {
    if (ended) {
      return false;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(CHUNK + 1024);
    while (documents.hasNext() && out.size() < CHUNK) {
      if (!first) {
        out.write(',');
      }
      out.write('\n');
      out.write(StoredJson.WRITER.writeValueAsBytes(documents.next()));
      first = false;
    }
    if (!documents.hasNext()) {
      out.write("\n]\n".getBytes(StandardCharsets.UTF_8), 0, 3);
      ended = true;
      close();
    }
    chunk = out.toByteArray();
    position = 0;
    return true;
  }

  @Override
  public void close() throws IOException {
    try {
      source.close();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
