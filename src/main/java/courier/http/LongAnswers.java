package courier.http;

import courier.http.content.Coding;
import courier.http.content.QueryHeaders;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers of any length. What is done with its first piece goes out at once; of what is longer each
 * piece is made when the client has taken the one before. That holds a thread for as long as the
 * client likes to read, so there may be only so many of them at a time.
 */
public final class LongAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(LongAnswers.class);
  private static final String TOO_MANY =
      "Too many read long answers at the moment: ask again, or with ?limit=.";

  private final AtOnce underWay;
  private final String tooManyOfAddress;

  /**
   * @param most long answers under way at once
   * @param mostPerAddress of them to one address
   */
  public LongAnswers(int most, int mostPerAddress) {
    underWay = new AtOnce(most, mostPerAddress);
    tooManyOfAddress =
        "Your address reads %d long answers already: read them to their end, or ask for less with ?limit=."
            .formatted(mostPerAddress);
  }

  /**
   * Sends the pieces with the answer's headers, or makes the only one its body.
   *
   * @param pieces at least one
   * @throws Refusal 429 or 503 when there are too many, before anything is sent
   */
  public void send(Message answer, Iterator<byte[]> pieces) {
    byte[] first = pieces.next();
    if (!pieces.hasNext()) {
      answer.setBody(first);
      return;
    }
    HttpServerRequest request = request(answer);
    if (request.method() == HttpMethod.HEAD) {
      Coding.of(request).close();
      answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
      answer.setBody(null);
      return;
    }
    String client = client(request);
    underWay.begin(client, tooManyOfAddress, TOO_MANY);
    try {
      QueryHeaders.drop(answer, request);
      head(request.response(), answer);
      write(request, first, pieces);
    } finally {
      underWay.end(client);
      answer.setBody(null);
    }
  }

  /**
   * Refuses what is going to be long before it is looked for, when it could not be sent.
   *
   * @throws Refusal as {@link #send} would
   */
  public void expect(Message answer) {
    underWay.check(client(request(answer)), tooManyOfAddress, TOO_MANY);
  }

  private static HttpServerRequest request(Message answer) {
    return answer.getExchange().getMessage(HttpMessage.class).getRequest();
  }

  private static String client(HttpServerRequest request) {
    return ClientAddress.of(request).getHostAddress();
  }

  private static void head(HttpServerResponse response, Message answer) {
    response.setChunked(true);
    answer
        .getHeaders()
        .forEach(
            (name, value) -> {
              if (!name.startsWith("Camel")) {
                response.putHeader(name, value.toString());
              }
            });
    response.setStatusCode(answer.getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class));
  }

  private static void write(HttpServerRequest request, byte[] first, Iterator<byte[]> others) {
    HttpServerResponse response = request.response();
    try (Coding coding = Coding.of(request)) {
      await(response.write(Buffer.buffer(coding.piece(first, false))));
      while (others.hasNext()) {
        byte[] next = others.next();
        await(response.write(Buffer.buffer(coding.piece(next, !others.hasNext()))));
      }
    } catch (ExecutionException e) {
      LOG.debug("The client went away: {}", e.getCause().toString());
      cut(request);
    } catch (RuntimeException e) {
      LOG.warn("The answer to {} is cut off: {}", request.path(), e.toString());
      cut(request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cut(request);
    } finally {
      response.end(); // also when nobody is there, or Camel would answer as well
    }
  }

  /** The answer has begun: that it ends too early is all there is to say. */
  private static void cut(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset(Http2Error.INTERNAL_ERROR.code());
      return;
    }
    Wire.cut(request.connection());
  }

  private static void await(Future<?> written) throws ExecutionException, InterruptedException {
    written.toCompletionStage().toCompletableFuture().get();
  }
}
