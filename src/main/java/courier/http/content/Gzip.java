package courier.http.content;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * An answer in gzip (RFC 1952), piece by piece.
 *
 * <p>How short it becomes tells who watches the wire something of what is in it (BREACH), if that
 * one can have words of its own put beside the secret ones, as who sends somebody a message can. So
 * an answer has a name of random length in its head, which blurs its size.
 */
final class Gzip implements Coding {
  static final String NAME = "gzip";

  /** Bytes from which on something is gained. */
  static final int WORTH_IT = 1024;

  private static final int MOST_BLUR = 100;
  private static final int BUFFER = 8 * 1024;
  private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
  private static final int FLAGS = 3;
  private static final byte HAS_NAME = 8;

  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final CRC32 sum = new CRC32();
  private final int blur;
  private long length;
  private boolean begun;

  /**
   * @param blurred whether its size is to tell little of what is in it
   */
  Gzip(boolean blurred) {
    blur = blurred ? ThreadLocalRandom.current().nextInt(1, MOST_BLUR + 1) : 0;
  }

  static byte[] whole(byte[] content, boolean blurred) {
    try (Gzip gzip = new Gzip(blurred)) {
      return gzip.piece(content, true);
    }
  }

  @Override
  public byte[] piece(byte[] piece, boolean last) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!begun) {
      begin(out);
    }
    sum.update(piece);
    length += piece.length;
    deflater.setInput(piece);
    if (last) {
      deflater.finish();
    }
    byte[] buffer = new byte[BUFFER];
    int mode = last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH;
    for (int n = BUFFER; n == BUFFER || last && !deflater.finished(); ) {
      n = deflater.deflate(buffer, 0, BUFFER, mode);
      out.write(buffer, 0, n);
    }
    if (last) {
      littleEndian(out, sum.getValue());
      littleEndian(out, length);
    }
    return out.toByteArray();
  }

  private void begin(ByteArrayOutputStream out) {
    begun = true;
    byte[] head = HEAD.clone();
    head[FLAGS] = blur > 0 ? HAS_NAME : 0;
    out.writeBytes(head);
    if (blur > 0) {
      out.writeBytes("x".repeat(blur).getBytes(StandardCharsets.US_ASCII));
      out.write(0);
    }
  }

  private static void littleEndian(ByteArrayOutputStream out, long number) {
    for (int i = 0; i < Integer.BYTES; i++) {
      out.write((int) (number >> Byte.SIZE * i));
    }
  }

  /** Gives back what it has beside the heap. */
  @Override
  public void close() {
    deflater.end();
  }
}
