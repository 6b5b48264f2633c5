package courier.chaos.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * Before a MongoDB: can answer each write that this server is no primary, as in an election, or
 * have some documents of each write fail, as when the primary steps down in the middle of it.
 */
public final class MongoProxy extends WireProxy {
  private static final BsonDocument REFUSAL =
      new BsonDocument("ok", new BsonInt32(0))
          .append("code", new BsonInt32(10107))
          .append("codeName", new BsonString("NotWritablePrimary"))
          .append("errmsg", new BsonString("not primary"));

  /** ShutdownInProgress, PrimarySteppedDown, InterruptedAtShutdown: of a primary that goes away. */
  private static final int[] CODES = {91, 189, 11600};

  /** Each third document fails, so that one that is sent again by itself gets through some day. */
  private static final int FAILS = 3;

  private final Map<Integer, PartialWrite> underWay = new ConcurrentHashMap<>();
  private volatile boolean refusing;
  private volatile boolean failing;
  private int documents;

  public MongoProxy(int port, int server) throws IOException {
    super(port, server);
  }

  public void refuseWrites(boolean refuse) {
    refusing = refuse;
  }

  public void failDocuments(boolean fail) {
    failing = fail;
  }

  /** As any MongoDB does. */
  public void serve() {
    refuseWrites(false);
    failDocuments(false);
  }

  @Override
  void request(InputStream client, OutputStream server, OutputStream back) throws IOException {
    each(client, message -> request(message, server, back));
  }

  private void request(WireMessage message, OutputStream server, OutputStream back)
      throws IOException {
    if (!message.isWrite()) {
      pass(message, server);
    } else if (refusing) {
      pass(WireMessage.answer(message.id(), REFUSAL), back);
    } else if (failing && !message.list().isEmpty()) {
      write(new PartialWrite(message, this::fault), server, back);
    } else {
      pass(message, server);
    }
  }

  private void write(PartialWrite write, OutputStream server, OutputStream back)
      throws IOException {
    if (write.isNothing()) {
      pass(
          write.answer(new BsonDocument("n", new BsonInt32(0)).append("ok", new BsonInt32(1))),
          back);
    } else {
      underWay.put(write.rest().id(), write);
      pass(write.rest(), server);
    }
  }

  private synchronized int fault() {
    return ++documents % FAILS == 0 ? CODES[documents / FAILS % CODES.length] : 0;
  }

  @Override
  void answer(InputStream server, OutputStream back) throws IOException {
    each(
        server,
        message -> {
          PartialWrite write = underWay.remove(message.answerTo());
          pass(write == null ? message : write.answer(message.body()), back);
        });
  }
}
