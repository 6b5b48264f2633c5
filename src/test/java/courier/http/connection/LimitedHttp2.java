package courier.http.connection;

import static io.netty.handler.codec.http2.Http2FrameTypes.DATA;

import courier.http.HttpLimits;
import courier.http.connection.Http2Peer.Frame;
import courier.http.tls.TlsPeer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server of HTTP/2 with its limits, and a client that sends what no client library would. */
abstract class LimitedHttp2 {
  static final int LONG = 60_000;
  static final int INITIAL_WINDOW = 4; // a setting
  static final int NO_WINDOW = 0;
  static final HttpLimits PATIENT = new HttpLimits(LONG, LONG, LONG, 10, 10);

  final Set<String> answered = ConcurrentHashMap.newKeySet();
  @RegisterExtension final WatchedServer server = new WatchedServer();
  private TlsPeer tls;

  @BeforeEach
  void secure() throws Exception {
    if (isOverTls()) {
      tls = new TlsPeer();
      server.secure(tls.tls);
    }
  }

  /** Whether all of it is behind a handshake. */
  boolean isOverTls() {
    return false;
  }

  /** What is asked for at /later is never answered. */
  void readAndAnswer(HttpServerRequest request) {
    request.endHandler(
        whole -> {
          if (!request.path().equals("/later")) {
            answered.add(request.path());
            request.response().end("ok");
          }
        });
  }

  Http2Peer peer(int... settings) throws IOException {
    return new Http2Peer(open(), settings);
  }

  private Socket open() throws IOException {
    return tls == null ? new Socket("127.0.0.1", server.port()) : tls.open(server.port(), "h2");
  }

  static void answerLongly(HttpServerRequest request) {
    request.response().end(Buffer.buffer(new byte[64 << 10]));
  }

  static boolean isWhole(Frame frame, int stream) {
    return frame.stream() == stream && frame.type() == DATA && (frame.flags() & 1) == 1;
  }
}
