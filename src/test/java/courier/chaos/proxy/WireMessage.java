package courier.chaos.proxy;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** A message of MongoDB's wire protocol: a header, flags, a document, and maybe a list of them. */
record WireMessage(byte[] bytes) {
  private static final int ID = 4;
  private static final int ANSWER_TO = 8;
  private static final int CODE = 12;
  private static final int HEADER = 16;
  private static final int OP_MSG = 2013;

  /** After the header the flags, and the kind of the first section, a document. */
  private static final int DOCUMENT = HEADER + 4 + 1;

  private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findAndModify");

  /**
   * @throws java.io.EOFException when there is none
   */
  static WireMessage read(DataInputStream messages) throws IOException {
    int length = Integer.reverseBytes(messages.readInt());
    ByteBuffer message = little(new byte[length]).putInt(length);
    messages.readFully(message.array(), ID, length - ID);
    return new WireMessage(message.array());
  }

  static WireMessage answer(int request, BsonDocument body) {
    byte[] document = encode(body);
    return new WireMessage(
        little(new byte[DOCUMENT + document.length])
            .putInt(DOCUMENT + document.length)
            .putInt(0)
            .putInt(request)
            .putInt(OP_MSG)
            .putInt(0)
            .put((byte) 0)
            .put(document)
            .array());
  }

  int id() {
    return little(bytes).getInt(ID);
  }

  int answerTo() {
    return little(bytes).getInt(ANSWER_TO);
  }

  boolean isDocument() {
    return little(bytes).getInt(CODE) == OP_MSG && bytes[DOCUMENT - 1] == 0;
  }

  boolean isWrite() {
    return isDocument() && WRITES.contains(body().getFirstKey());
  }

  RawBsonDocument body() {
    return document(DOCUMENT);
  }

  private RawBsonDocument document(int at) {
    return new RawBsonDocument(bytes, at, little(bytes).getInt(at));
  }

  private int bodyEnd() {
    return DOCUMENT + little(bytes).getInt(DOCUMENT);
  }

  /** The documents of the list behind the first one, none where there is no list. */
  List<RawBsonDocument> list() {
    List<RawBsonDocument> list = new ArrayList<>();
    for (int at = listBegin(); at < bytes.length; at += little(bytes).getInt(at)) {
      list.add(document(at));
    }
    return list;
  }

  /** Behind the list's kind, its length and its name. */
  private int listBegin() {
    int at = bodyEnd() + 1 + 4;
    while (at < bytes.length && bytes[at] != 0) {
      at++;
    }
    return at + 1;
  }

  /** The same with other documents in the list. */
  WireMessage withList(List<RawBsonDocument> list) {
    int size = list.stream().mapToInt(document -> encode(document).length).sum();
    ByteBuffer message = little(new byte[listBegin() + size]);
    message.put(bytes, 0, listBegin());
    list.forEach(document -> message.put(encode(document)));
    message.putInt(0, message.capacity());
    message.putInt(bodyEnd() + 1, message.capacity() - bodyEnd() - 1);
    return new WireMessage(message.array());
  }

  private static byte[] encode(BsonDocument document) {
    ByteBuffer bytes =
        new RawBsonDocument(document, new BsonDocumentCodec()).getByteBuffer().asNIO();
    byte[] encoded = new byte[bytes.remaining()];
    bytes.get(encoded);
    return encoded;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
