package courier.reload.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The text of a route file: UTF-8, with or without a byte-order mark, of a bounded size. */
public final class RouteText {
  /** Far more than anybody writes by hand; what is larger is not even read. */
  public static final int MOST_BYTES = 256 * 1024;

  private static final String MARK = "\uFEFF";

  private RouteText() {}

  /**
   * @return without a byte-order mark
   * @throws UnreadText if it is none
   * @throws IOException if nothing can be read, as when it is gone
   */
  public static String of(Path file) throws IOException {
    requireSize(file, Files.size(file));
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
      requireSize(file, bytes.length);
      return text(file, bytes);
    }
  }

  private static void requireSize(Path file, long bytes) {
    if (bytes > MOST_BYTES) {
      throw new UnreadText(
          file,
          1,
          "it has %d bytes, and was not read".formatted(bytes),
          "%d bytes at most, the rest into further files".formatted(MOST_BYTES));
    }
  }

  private static String text(Path file, byte[] bytes) {
    if (isUtf16(bytes)) {
      throw new UnreadText(file, 1, "it is UTF-16", "the same in UTF-8");
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
    if (result.isError()) {
      String what = "the byte 0x%02X is no UTF-8, as of Latin-1".formatted(in.get(in.position()));
      throw new UnreadText(file, line, what, "the same in UTF-8");
    }
    int zero = text.indexOf('\0');
    if (zero >= 0) {
      int at = 1 + (int) text.chars().limit(zero).filter(c -> c == '\n').count();
      throw new UnreadText(file, at, "there is a zero byte, as in what is no text", "text");
    }
    return text.startsWith(MARK) ? text.substring(1) : text;
  }

  /** By its byte-order mark, or as every other byte of what begins a route file is zero. */
  private static boolean isUtf16(byte[] bytes) {
    if (bytes.length < 2) {
      return false;
    }
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    return first == 0xFE && second == 0xFF
        || first == 0xFF && second == 0xFE
        || (first == 0) != (second == 0);
  }
}
