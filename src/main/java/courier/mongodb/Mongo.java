package courier.mongodb;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.codecs.CollectionCodecProvider;
import org.bson.codecs.DocumentCodecProvider;
import org.bson.codecs.IterableCodecProvider;
import org.bson.codecs.MapCodecProvider;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;

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

  /**
   * What the URI says is as it says; without a {@code w} what is written is with the majority.
   *
   * @throws IllegalArgumentException when a file that it names is not there, or wrong
   * @throws com.mongodb.MongoConfigurationException when its name, of {@code mongodb+srv}, does not
   *     resolve
   */
  public static MongoClient client(String uri) {
    MongoTls tls = MongoTls.of(uri);
    return MongoClients.create(
        MongoClientSettings.builder()
            .applyToClusterSettings(
                cluster -> cluster.serverSelectionTimeout(SELECTION_SECONDS, TimeUnit.SECONDS))
            .applyToSocketSettings(
                socket ->
                    socket
                        .connectTimeout(SELECTION_SECONDS, TimeUnit.SECONDS)
                        .readTimeout(SOCKET_SECONDS, TimeUnit.SECONDS))
            .writeConcern(WriteConcern.MAJORITY)
            .applyConnectionString(new ConnectionString(tls.uri()))
            .applyToSslSettings(
                ssl -> tls.context().ifPresent(context -> ssl.enabled(true).context(context)))
            .codecRegistry(VALUES_AS_STORED)
            .build());
  }

  /** Asks the server for a sign of life. */
  public static void ping(MongoClient client) {
    try {
      client.getDatabase("admin").runCommand(new Document("ping", 1));
    } catch (MongoTimeoutException e) {
      throw Unanswered.because(e, client);
    }
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
}
