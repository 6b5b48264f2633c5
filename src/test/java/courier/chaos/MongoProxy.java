package courier.chaos;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** Before a MongoDB: can answer each write that this server is no primary, as in an election. */
final class MongoProxy extends TcpProxy {
  private static final int HEADER = 16;
  private static final int OP_MSG = 2013;

  /** After the header the flags, and the kind of the first section, a document. */
  private static final int DOCUMENT = HEADER + 4 + 1;

  private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findAndModify");
  private static final BsonDocument REFUSAL =
      new BsonDocument("ok", new BsonInt32(0))
          .append("code", new BsonInt32(10107))
          .append("codeName", new BsonString("NotWritablePrimary"))
          .append("errmsg", new BsonString("not primary"));

  private volatile boolean refusing;

  MongoProxy(int port, int server) throws IOException {
    super(InetAddress.getLoopbackAddress(), port, server);
  }

  void refuseWrites(boolean refusing) {
    this.refusing = refusing;
  }

  @Override
  void request(InputStream client, OutputStream server, OutputStream back) throws IOException {
    DataInputStream messages = new DataInputStream(client);
    try {
      while (true) {
        byte[] message = next(messages);
        if (refusing && isWrite(message)) {
          byte[] refusal = refusal(little(message).getInt(4));
          write(back, refusal, refusal.length);
        } else {
          write(server, message, message.length);
        }
      }
    } catch (EOFException e) {
      // the client has gone
    }
  }

  private static byte[] next(DataInputStream messages) throws IOException {
    int length = Integer.reverseBytes(messages.readInt());
    ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN).putInt(length);
    messages.readFully(message.array(), 4, length - 4);
    return message.array();
  }

  private static boolean isWrite(byte[] message) {
    return little(message).getInt(12) == OP_MSG
        && message[DOCUMENT - 1] == 0
        && WRITES.contains(
            new RawBsonDocument(message, DOCUMENT, little(message).getInt(DOCUMENT)).getFirstKey());
  }

  private static byte[] refusal(int request) {
    ByteBuffer document =
        new RawBsonDocument(REFUSAL, new BsonDocumentCodec()).getByteBuffer().asNIO();
    int length = DOCUMENT + document.remaining();
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(length)
        .putInt(0)
        .putInt(request)
        .putInt(OP_MSG)
        .putInt(0)
        .put((byte) 0)
        .put(document)
        .array();
  }

  private static ByteBuffer little(byte[] message) {
    return ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
  }
}
