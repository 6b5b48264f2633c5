package courier.mongodb;

import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Indexes.compoundIndex;
import static com.mongodb.client.model.Indexes.descending;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.codecs.CollectionCodecProvider;
import org.bson.codecs.DocumentCodecProvider;
import org.bson.codecs.IterableCodecProvider;
import org.bson.codecs.MapCodecProvider;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;

/** The one client a service has for MongoDB. */
public final class Mongo {
  /**
   * The driver's own 30 s is longer than a person waits for an answer; the URI may say otherwise.
   */
  private static final int SELECTION_SECONDS = 5;

  /** A server that loses its power says nothing more; the driver's default is to wait for ever. */
  private static final int SOCKET_SECONDS = 30;

  /** The driver's own makes a DBRef of whatever looks like one. */
  private static final CodecRegistry VALUES_AS_STORED =
      CodecRegistries.fromRegistries(
          CodecRegistries.fromProviders(
              new DocumentCodecProvider(),
              new IterableCodecProvider(),
              new CollectionCodecProvider(),
              new MapCodecProvider()),
          MongoClientSettings.getDefaultCodecRegistry());

  private Mongo() {}

  public static MongoClient client(String uri) {
    return MongoClients.create(
        MongoClientSettings.builder()
            .applyToClusterSettings(
                cluster -> cluster.serverSelectionTimeout(SELECTION_SECONDS, TimeUnit.SECONDS))
            .applyToSocketSettings(
                socket ->
                    socket
                        .connectTimeout(SELECTION_SECONDS, TimeUnit.SECONDS)
                        .readTimeout(SOCKET_SECONDS, TimeUnit.SECONDS))
            .applyConnectionString(new ConnectionString(uri))
            .codecRegistry(VALUES_AS_STORED)
            .build());
  }

  /** Asks the server for a sign of life. */
  public static void ping(MongoClient client) {
    client.getDatabase("admin").runCommand(new Document("ping", 1));
  }

  /** Whether it gives one. */
  public static boolean answers(MongoClient client) {
    try {
      ping(client);
      return true;
    } catch (MongoException e) {
      return false;
    }
  }

  /** Makes the indexes of all that is read; docs/queries.md says what by which. */
  public static void createIndexes(MongoDatabase database) {
    MongoCollection<Document> messages = database.getCollection("messages");
    messages.createIndex(descending("createdAt", "offset", "_id"));
    messages.createIndex(ofOne("from"));
    messages.createIndex(ofOne("to"));
    messages.createIndex(ascending("to", "partition", "offset"));
    messages.createIndex(ascending("from", "to", "createdAt", "offset", "_id"));
    MongoCollection<Document> deadLetters = database.getCollection("dead-letters");
    deadLetters.createIndex(descending("failedAt", "_id"));
    deadLetters.createIndex(ascending("replay", "state"));
    deadLetters.createIndex(ascending("state", "claimedAt"));
    deadLetters.createIndex(descending("group", "failedAt", "_id"));
    deadLetters.createIndex(ascending("messageId"));
    deadLetters.createIndex(ascending("editedId"));
    MongoCollection<Document> replays = database.getCollection("dead-letter-replays");
    replays.createIndex(descending("startedAt", "_id"));
    replays.createIndex(ascending("state", "lease"));
  }

  /** Newest first as it is asked for: MongoDB merges two only if it reads both forwards. */
  private static Bson ofOne(String member) {
    return compoundIndex(ascending(member), descending("createdAt", "offset", "_id"));
  }
}
