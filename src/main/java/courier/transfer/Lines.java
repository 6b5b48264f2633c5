package courier.transfer;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lines of bytes, no more of them in memory than one. A byte order mark before the first, as
 * editors write it, is none of its bytes.
 */
final class Lines {
  private static final byte[] MARK = "\ufeff".getBytes(StandardCharsets.UTF_8);

  /** Bytes: a document of 16 MiB with its bytes in base64. */
  static final int LONGEST = 24 * 1024 * 1024;

  private final InputStream bytes;
  private long number;

  Lines(InputStream bytes) {
    this.bytes = new BufferedInputStream(bytes, 64 * 1024);
  }

  /** That of the line that was read last, from 1. */
  long number() {
    return number;
  }

  /**
   * @return null at the end
   * @throws WrongLine of one that is too long; the next one can be read
   */
  byte[] next() throws IOException, WrongLine {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean begun = false;
    boolean tooLong = false;
    int read = bytes.read();
    for (; read >= 0 && read != '\n'; read = bytes.read()) {
      begun = true;
      if (line.size() < LONGEST) {
        line.write(read);
      } else {
        tooLong = true;
      }
    }
    if (read < 0 && !begun) {
      return null;
    }
    number++;
    if (tooLong) {
      throw new WrongLine("is longer than %d bytes".formatted(LONGEST));
    }
    byte[] all = line.toByteArray();
    boolean marked = number == 1 && Arrays.mismatch(all, MARK) == MARK.length;
    return marked ? Arrays.copyOfRange(all, MARK.length, all.length) : all;
  }
}
