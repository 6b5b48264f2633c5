package courier.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import courier.http.connection.WatchedServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.Socket;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real server of long answers, which counts the pieces it makes, and who asks for them. */
abstract class LongAnswerServer {
  static final byte[] PIECE = "y".repeat(64 * 1024).getBytes(UTF_8);
  static final int PIECES = 1000;

  final DefaultCamelContext camel = new DefaultCamelContext();
  final LongAnswers answers = new LongAnswers(3, 2);
  final AtomicInteger made = new AtomicInteger();
  final AtomicInteger underWay = new AtomicInteger();
  final AtomicInteger lookedFor = new AtomicInteger();
  @RegisterExtension final WatchedServer server = new WatchedServer();

  @BeforeEach
  void start() {
    ClientAddress addresses = new ClientAddress("127.0.0.1");
    server.serve(
        new HttpLimits(60_000, 60_000, 1_000, 100, 100),
        addresses,
        request -> {
          addresses.tell(request);
          server.vertx().executeBlocking(() -> answer(request), false);
        });
  }

  private Void answer(HttpServerRequest request) {
    Exchange exchange = new DefaultExchange(camel);
    exchange.setMessage(new HttpMessage(exchange, request, request.response()));
    exchange.getMessage().setHeader("Link", "<next>");
    underWay.incrementAndGet();
    try {
      if (request.path().equals("/expected")) {
        answers.expect(exchange.getMessage());
        lookedFor.incrementAndGet();
      }
      Iterator<byte[]> pieces =
          request.path().equals("/broken")
              ? new Broken()
              : Stream.generate(this::make).limit(PIECES).iterator();
      answers.send(exchange.getMessage(), pieces);
      if (!request.response().ended()) {
        request.response().end(); // as Camel does
      }
    } catch (Refusal refusal) {
      request.response().setStatusCode(refusal.problem().status()).end();
    } finally {
      underWay.decrementAndGet();
    }
    return null;
  }

  private byte[] make() {
    made.incrementAndGet();
    return PIECE;
  }

  /** The store goes away after the first piece. */
  private static final class Broken implements Iterator<byte[]> {
    private boolean begun;

    @Override
    public boolean hasNext() {
      return true;
    }

    @Override
    public byte[] next() {
      if (begun) {
        throw new IllegalStateException("the store is away");
      }
      begun = true;
      return PIECE;
    }
  }

  Socket ask(String path, String client) throws IOException {
    return ask("GET", path, client, "identity");
  }

  Socket ask(String method, String path, String client, String coding) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.setSoTimeout(20_000);
    String head =
        "%s %s HTTP/1.1\r\nHost: h\r\nConnection: close\r\nX-Forwarded-For: %s\r\nAccept-Encoding: %s\r\n\r\n";
    socket.getOutputStream().write(head.formatted(method, path, client, coding).getBytes(UTF_8));
    return socket;
  }

  static String read(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), UTF_8);
  }
}
