package courier.config;

import com.mongodb.ConnectionString;
import com.mongodb.WriteConcern;
import courier.mongodb.MongoTls;
import java.net.InetSocketAddress;
import java.util.List;

/** Where Kafka and MongoDB are, as the settings say. */
public final class Servers {
  public static final String KAFKA = "kafka.brokers";
  public static final String MONGODB = "mongodb.uri";

  private Servers() {}

  /** The address of {@code kafka.brokers} when it names one broker. */
  public static InetSocketAddress kafka(Settings settings) {
    return address(KAFKA, settings.get(KAFKA));
  }

  /** The address of {@code mongodb.uri} when it names one server. */
  public static InetSocketAddress mongodb(Settings settings) {
    String hosts = mongodbForPeople(settings);
    return address(MONGODB, hosts.contains(":") ? hosts : hosts + ":27017");
  }

  /** {@code mongodb.uri} without its password. */
  public static String mongodbForPeople(Settings settings) {
    return String.join(",", uri(settings).getHosts());
  }

  /** The database that {@code mongodb.uri} names, or {@code courier}. */
  static String database(Settings settings) {
    String database = uri(settings).getDatabase();
    return database == null ? "courier" : database;
  }

  private static ConnectionString uri(Settings settings) {
    try {
      // Without asking a name server, which may not answer yet.
      ConnectionString uri =
          new ConnectionString(MongoTls.of(settings.get(MONGODB)).uri(), (name, type) -> List.of());
      WriteConcern concern = uri.getWriteConcern();
      if (concern != null && !concern.isAcknowledged()) {
        throw new StartupException(
            "mongodb.uri says w=0: take it out, as a message is done when MongoDB has said that it is stored.");
      }
      return uri;
    } catch (IllegalArgumentException e) {
      // What the driver says of one with a password has parts of it.
      String why =
          settings.get(MONGODB).contains("@")
              ? "write it as mongodb://user:password@host:27017/database, with %40 for @, %3A for : and %2F for / in user and password."
              : e.getMessage();
      throw new StartupException("mongodb.uri is not a MongoDB address: " + why);
    }
  }

  private static InetSocketAddress address(String key, String value) {
    int colon = value.lastIndexOf(':');
    try {
      if (!value.contains(",")) {
        return new InetSocketAddress(
            value.substring(0, colon), Integer.parseInt(value.substring(colon + 1)));
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      // said below
    }
    throw new StartupException("%s is \"%s\": give one host:port.".formatted(key, value));
  }
}
