package courier.chaos;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.function.BiConsumer;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/** Before a MongoDB: tells of each command, and of the list of documents behind it. */
public final class MongoTap extends TcpProxy {
  private final BiConsumer<BsonDocument, List<RawBsonDocument>> listener;

  public MongoTap(int port, int server, BiConsumer<BsonDocument, List<RawBsonDocument>> listener)
      throws IOException {
    super(InetAddress.getLoopbackAddress(), port, server);
    this.listener = listener;
  }

  @Override
  void request(InputStream client, OutputStream server, OutputStream back) throws IOException {
    DataInputStream messages = new DataInputStream(client);
    try {
      while (true) {
        WireMessage message = WireMessage.read(messages);
        if (message.isDocument()) {
          listener.accept(message.body(), message.list());
        }
        write(server, message.bytes(), message.bytes().length);
      }
    } catch (EOFException e) {
      // the client has gone
    }
  }
}
