package courier.chaos.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.BiConsumer;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/** Before a MongoDB: tells of each command, and of the list of documents behind it. */
public final class MongoTap extends WireProxy {
  private final BiConsumer<BsonDocument, List<RawBsonDocument>> listener;

  public MongoTap(int port, int server, BiConsumer<BsonDocument, List<RawBsonDocument>> listener)
      throws IOException {
    super(port, server);
    this.listener = listener;
  }

  @Override
  void request(InputStream client, OutputStream server, OutputStream back) throws IOException {
    each(
        client,
        message -> {
          if (message.isDocument()) {
            listener.accept(message.body(), message.list());
          }
          pass(message, server);
        });
  }
}
