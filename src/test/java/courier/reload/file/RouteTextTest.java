package courier.reload.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What editors make of the bytes of a file. */
class RouteTextTest {
  private static final String TEXT = "- route:\n    id: größe\n";

  @TempDir private Path folder;

  private String read(byte[] bytes) throws IOException {
    return RouteText.of(Files.write(folder.resolve("a.camel.yaml"), bytes));
  }

  @Test
  void aByteOrderMarkIsNoPartOfIt() throws IOException {
    assertEquals(TEXT, read(("\uFEFF" + TEXT).getBytes(UTF_8)));
    assertEquals(TEXT, read(TEXT.getBytes(UTF_8)));
  }

  @Test
  void endsOfLinesStayAsTheyAre() throws IOException {
    String text = TEXT.replace("\n", "\r\n");
    assertEquals(text, read(text.getBytes(UTF_8)));
  }

  static Stream<Arguments> others() {
    return Stream.of(
        Arguments.of(("\uFEFF" + TEXT).getBytes(UTF_16LE), 1, "it is UTF-16"),
        Arguments.of(("\uFEFF" + TEXT).getBytes(UTF_16BE), 1, "it is UTF-16"),
        Arguments.of(TEXT.getBytes(UTF_16LE), 1, "it is UTF-16"),
        Arguments.of(TEXT.getBytes(UTF_16BE), 1, "it is UTF-16"),
        Arguments.of(TEXT.getBytes(ISO_8859_1), 2, "the byte 0xF6 is no UTF-8, as of Latin-1"),
        Arguments.of("- a\n- \0".getBytes(UTF_8), 2, "there is a zero byte"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void whatIsNoUtf8IsNamedWithItsLine(byte[] bytes, int line, String what) {
    UnreadText unread = assertThrows(UnreadText.class, () -> read(bytes));

    assertEquals(line, unread.line());
    assertTrue(unread.what().startsWith(what), unread::what);
    assertTrue(unread.getMessage().contains("a.camel.yaml:" + line + ": "), unread::getMessage);
  }

  @Test
  void whatIsFarTooLargeIsRefusedByItsSize() throws IOException {
    Path file = folder.resolve("large.camel.yaml");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(50 << 20);
    }

    UnreadText unread = assertThrows(UnreadText.class, () -> RouteText.of(file));

    assertEquals("it has 52428800 bytes, and was not read", unread.what());
  }
}
