package courier.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collections;
import java.util.zip.GZIPInputStream;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** Long answers are sent whole, without being in memory, and only so many at once. */
@SuppressWarnings("try") // a client may only be there
class LongAnswersTest extends LongAnswerServer {
  @Test
  void sendsAllOfItWithItsHeaders() throws Exception {
    try (Socket client = ask("/", "1.1.1.1")) {
      String answer = read(client);
      assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer.substring(0, 100));
      assertTrue(answer.contains("Link: <next>\r\n"));
      String body = answer.substring(answer.indexOf("\r\n\r\n"));
      assertEquals((long) PIECES * PIECE.length, body.chars().filter(c -> c == 'y').count());
    }
  }

  @Test
  void sendsItInGzipToWhoTakesThat() throws Exception {
    HttpResponse<InputStream> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                    .header("Accept-Encoding", "gzip")
                    .build(),
                BodyHandlers.ofInputStream());

    assertEquals("gzip", answer.headers().firstValue("content-encoding").orElseThrow());
    assertEquals("accept-encoding", answer.headers().firstValue("vary").orElseThrow());
    try (InputStream body = new GZIPInputStream(answer.body())) {
      assertEquals((long) PIECES * PIECE.length, body.transferTo(OutputStream.nullOutputStream()));
    }
  }

  @Test
  void makesNothingForAHead() throws Exception {
    try (Socket client = ask("HEAD", "/", "1.1.1.1", "gzip")) {
      String answer = read(client);
      assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
      assertTrue(answer.toLowerCase().contains("content-encoding: gzip\r\n"), answer);
      assertTrue(answer.endsWith("\r\n\r\n"), answer);
      assertTrue(made.get() <= 2, () -> made + " pieces"); // it looks whether there are more
    }
  }

  @Test
  void sendsSoManyAtOnceInAllAndToAnAddress() throws Exception {
    try (Socket first = ask("/", "1.1.1.1");
        Socket second = ask("/", "1.1.1.1")) {
      await().until(() -> made.get() > 2 * 2);
      try (Socket third = ask("/", "1.1.1.1");
          Socket other = ask("/", "2.2.2.2")) {
        assertTrue(read(third).startsWith("HTTP/1.1 429 "));
        assertTrue(other.getInputStream().read() > 0);
        try (Socket another = ask("/", "3.3.3.3")) {
          assertTrue(read(another).startsWith("HTTP/1.1 503 "));
        }
      }
    }
    await().until(() -> underWay.get() == 0);
    try (Socket next = ask("/", "1.1.1.1")) {
      assertTrue(read(next).startsWith("HTTP/1.1 200 "));
    }
  }

  @Test
  void refusesWhatIsGoingToBeLongBeforeItIsLookedFor() throws Exception {
    try (Socket first = ask("/", "1.1.1.1");
        Socket second = ask("/", "1.1.1.1")) {
      await().until(() -> made.get() > 2 * 2);
      try (Socket third = ask("/expected", "1.1.1.1")) {
        assertTrue(read(third).startsWith("HTTP/1.1 429 "));
        assertEquals(0, lookedFor.get());
      }
      try (Socket other = ask("/expected", "2.2.2.2")) {
        assertTrue(other.getInputStream().read() > 0);
        assertEquals(1, lookedFor.get());
      }
    }
  }

  @Test
  void leavesToCamelWhatIsOnePiece() {
    Exchange exchange = new DefaultExchange(camel);
    answers.send(exchange.getMessage(), Collections.singleton(PIECE).iterator());
    assertEquals(PIECE.length, exchange.getMessage().getBody(byte[].class).length);
  }
}
