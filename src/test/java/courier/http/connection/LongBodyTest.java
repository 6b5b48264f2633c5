package courier.http.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.http.ClientAddress;
import courier.http.HttpLimits;
import courier.http.RequestBody;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A body may take as long as it goes on where a route reads it as it comes, and nowhere else. */
class LongBodyTest {
  private static final int SHORT = 1_000;
  private static final int LONG = 60_000;
  private static final int TIMES = 6;

  @RegisterExtension final WatchedServer server = new WatchedServer();
  private final BlockingQueue<String> read = new LinkedBlockingQueue<>();

  @BeforeEach
  void serve() {
    HttpLimits limits = new HttpLimits(LONG, SHORT, LONG, 10, 10);
    server.serve(limits, new ClientAddress(""), this::readAndAnswer);
  }

  private void readAndAnswer(HttpServerRequest request) {
    request.pause();
    Message message = new DefaultMessage(new DefaultCamelContext());
    message.setBody(request);
    server
        .vertx()
        .executeBlocking(
            () -> {
              try (RequestBody body = RequestBody.of(message)) {
                return "%d bytes".formatted(body.readAllBytes().length);
              } catch (IOException e) {
                return e.getMessage();
              }
            })
        .onSuccess(
            said -> {
              read.add(said);
              request.response().end(said);
            });
  }

  private String read() throws InterruptedException {
    return read.poll(20, TimeUnit.SECONDS);
  }

  /** A piece each third of the time that a whole request may take. */
  private static final class Slow extends InputStream {
    private int left = TIMES;

    @Override
    public int read() throws IOException {
      throw new IOException("by pieces");
    }

    @Override
    public int read(byte[] piece, int offset, int length) throws IOException {
      if (left-- == 0) {
        return -1;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(SHORT / 3);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      piece[offset] = 'x';
      return 1;
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void takesAsLongAsItGoesOn(HttpClient.Version version) throws Exception {
    HttpRequest.Builder slow = request().POST(BodyPublishers.ofInputStream(Slow::new));
    assertEquals(TIMES + " bytes", send(version, slow));
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void whoAsksBeforeMaySendIt(HttpClient.Version version) throws Exception {
    HttpRequest.Builder asking = request().expectContinue(true).timeout(Duration.ofSeconds(10));
    assertEquals("5 bytes", send(version, asking.POST(BodyPublishers.ofString("hello"))));
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"));
  }

  private String send(HttpClient.Version version, HttpRequest.Builder request) throws Exception {
    HttpClient client = HttpClient.newBuilder().version(version).build();
    // So that HTTP/2 is spoken from the beginning of the one that has a body.
    client.send(request().GET().build(), BodyHandlers.ofString());
    assertEquals("0 bytes", read());
    return client.send(request.build(), BodyHandlers.ofString()).body();
  }

  @Test
  void isCutOffWhenItDoesNotGoOn() throws Exception {
    try (Socket client = post("Content-Length: 60000")) {
      client.getOutputStream().write('x');
      assertEquals(-1, client.getInputStream().read());
    }
    assertTrue(read().contains("went away"));
  }

  @Test
  void endsWithItsClient() throws Exception {
    try (Socket client = post("Transfer-Encoding: chunked")) {
      client.getOutputStream().write("1\r\nx\r\n".getBytes());
    }
    assertTrue(read().contains("went away"));
  }

  private Socket post(String length) throws IOException {
    Socket client = new Socket("127.0.0.1", server.port());
    client.setSoTimeout(LONG);
    OutputStream out = client.getOutputStream();
    out.write(("POST / HTTP/1.1\r\nHost: localhost\r\n" + length + "\r\n\r\n").getBytes());
    return client;
  }
}
