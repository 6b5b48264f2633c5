package courier.infra;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import courier.fixture.FreePort;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Date;
import org.bson.Document;

/** An embedded MongoDB on a free port and a client of it. */
public record RunningMongo(EmbeddedMongo mongo, InetSocketAddress address, MongoClient client)
    implements AutoCloseable {
  public static RunningMongo start(Path directory) {
    return start(directory, freeAddress());
  }

  static RunningMongo start(Path directory, InetSocketAddress address) {
    var mongo = new EmbeddedMongo(directory, address);
    mongo.start(System.err::println);
    return new RunningMongo(mongo, address, client(address));
  }

  static MongoClient client(InetSocketAddress address) {
    return MongoClients.create("mongodb://127.0.0.1:%d/?w=majority".formatted(address.getPort()));
  }

  static InetSocketAddress freeAddress() {
    return new InetSocketAddress("127.0.0.1", FreePort.next());
  }

  static MongoCollection<Document> messages(MongoClient client) {
    return client.getDatabase("courier").getCollection("messages");
  }

  public MongoCollection<Document> messages() {
    return messages(client);
  }

  /** As it is stored, as far as indexes are about it. */
  public static Document message(String id, int partition, long offset) {
    return new Document("_id", id)
        .append("partition", partition)
        .append("offset", offset)
        .append("createdAt", new Date(offset / 10));
  }

  @Override
  public void close() {
    client.close();
    mongo.close();
  }
}
