package courier.mongodb;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** A MongoDB in memory that answers some commands as it is told, as a real one would. */
public final class ScriptedMongo implements AutoCloseable {
  private final Map<String, UnaryOperator<Document>> answers = new ConcurrentHashMap<>();
  private final MongoServer server =
      new MongoServer(
          new H2Backend(H2Backend.inMemory().getMvStore()) {
            @Override
            public Document handleMessage(MongoMessage message) {
              String command = message.getDocument().keySet().iterator().next();
              UnaryOperator<Document> answer = answers.get(command);
              return answer == null || isError(answer)
                  ? answer == null ? super.handleMessage(message) : answer.apply(new Document())
                  : answer.apply(super.handleMessage(message));
            }

            @Override
            public Document handleCommand(
                Channel channel, String database, String command, Document query) {
              Document said = super.handleCommand(channel, database, command, query);
              return answers.getOrDefault(command, UnaryOperator.identity()).apply(said);
            }
          });
  private InetSocketAddress address;

  private static boolean isError(UnaryOperator<Document> answer) {
    return answer.apply(new Document()).containsKey("code");
  }

  public ScriptedMongo start() {
    address = server.bind();
    return this;
  }

  /** With a certificate, and its key, that are in a store. */
  public ScriptedMongo startWithTls(Path store, String password) throws Exception {
    KeyStore keys = KeyStore.getInstance(store.toFile(), password.toCharArray());
    String alias =
        java.util.Collections.list(keys.aliases()).stream()
            .filter(name -> isKey(keys, name))
            .findFirst()
            .orElseThrow();
    server.enableSsl(
        (PrivateKey) keys.getKey(alias, password.toCharArray()),
        null,
        (X509Certificate) keys.getCertificate(alias));
    return start();
  }

  private static boolean isKey(KeyStore keys, String alias) {
    try {
      return keys.isKeyEntry(alias);
    } catch (java.security.KeyStoreException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Refuses a command. */
  public ScriptedMongo refuse(String command, int code, String message) {
    answers.put(
        command,
        said ->
            new Document("ok", 0.0)
                .append("errmsg", message)
                .append("code", code)
                .append("codeName", "Code" + code));
    return this;
  }

  /** Puts more into what a command is answered. */
  public ScriptedMongo answer(String command, Document more) {
    answers.put(
        command,
        said -> {
          Document all = new Document();
          all.putAll(said);
          all.putAll(more);
          all.remove("errmsg");
          all.remove("code");
          return all.append("ok", 1.0);
        });
    return this;
  }

  /** Lets a command be what it is. */
  public void forget(String command) {
    answers.remove(command);
  }

  public String uri(String user, String options) {
    return "mongodb://%slocalhost:%d/courier?serverSelectionTimeoutMS=500%s"
        .formatted(user, address.getPort(), options);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
