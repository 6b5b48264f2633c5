package courier.http.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateWatchTest {
  private final SelfSigned first = SelfSigned.named("ec");
  private final SelfSigned second = SelfSigned.named("ec-2");

  @TempDir private Path folder;
  private Path certificate;
  private Path key;
  private ServerKeys keys;
  private CertificateWatch watch;

  @BeforeEach
  void start() throws Exception {
    certificate = folder.resolve("tls.crt");
    key = folder.resolve("tls.key");
    first.write(certificate, key);
    watch(certificate, key);
  }

  private void watch(Path certificate, Path key) throws Exception {
    CertificateFiles files = new CertificateFiles(certificate, key, "");
    CertificateFiles.Content content = files.read();
    keys = new ServerKeys(files.load(content));
    watch = new CertificateWatch(files, keys, content);
    watch.look();
  }

  private void assertShown(SelfSigned expected) throws Exception {
    String alias = keys.chooseEngineServerAlias("EC", null, null);
    assertEquals(expected.certificate(), keys.getCertificateChain(alias)[0]);
    assertEquals(expected.key(), keys.getPrivateKey(alias));
  }

  private void lookTwice() {
    watch.look();
    watch.look();
  }

  @Test
  void showsWhatTheFilesHaveNow() throws Exception {
    second.write(certificate, key);
    watch.look();
    assertShown(first); // somebody may be writing still
    watch.look();
    assertShown(second);
    assertEquals(Optional.empty(), watch.problem());
  }

  @Test
  void followsALinkThatIsSwappedAsKubernetesDoes() throws Exception {
    for (SelfSigned each : new SelfSigned[] {first, second}) {
      Path data = Files.createDirectory(folder.resolve(each == first ? "..1" : "..2"));
      each.write(data.resolve("tls.crt"), data.resolve("tls.key"));
    }
    Path mounted = Files.createDirectory(folder.resolve("mounted"));
    Path link = Files.createSymbolicLink(mounted.resolve("..data"), folder.resolve("..1"));
    for (String name : new String[] {"tls.crt", "tls.key"}) {
      Files.createSymbolicLink(mounted.resolve(name), Path.of("..data", name));
    }
    watch(mounted.resolve("tls.crt"), mounted.resolve("tls.key"));
    Path next = Files.createSymbolicLink(mounted.resolve("..tmp"), folder.resolve("..2"));
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);

    lookTwice();

    assertShown(second);
  }

  @Test
  void aHandshakeThatIsUnderWayGoesOnWithWhatItBeganWith() throws Exception {
    String begun = keys.chooseEngineServerAlias("EC", null, null);
    second.write(certificate, key);
    lookTwice();

    assertEquals(first.certificate(), keys.getCertificateChain(begun)[0]);
    assertEquals(first.key(), keys.getPrivateKey(begun));
  }

  @Test
  void whatIsHalfWrittenIsSaidAndNotShown() throws Exception {
    Files.writeString(certificate, second.certificatePem());
    watch.look();
    assertEquals(Optional.empty(), watch.problem());
    watch.look();
    assertShown(first);
    assertTrue(watch.problem().orElseThrow().contains("do not belong together"));
    assertTrue(watch.problem().orElseThrow().contains("is shown still, is valid until 2"));
    assertFalse(watch.hasExpired());

    second.write(certificate, key);
    lookTwice();
    assertShown(second);
    assertEquals(Optional.empty(), watch.problem());
  }

  @Test
  void filesThatAreGoneAreSaidAndComeBack() throws Exception {
    Files.delete(key);
    watch.look();
    assertEquals(Optional.empty(), watch.problem());
    watch.look();
    assertTrue(watch.problem().orElseThrow().contains("no such file"));
    assertShown(first);

    first.write(certificate, key);
    lookTwice();
    assertEquals(Optional.empty(), watch.problem());
  }

  @Test
  void oneThatHasExpiredIsNotShown() throws Exception {
    SelfSigned.old().write(certificate, key);
    lookTwice();

    assertTrue(watch.problem().orElseThrow().contains("expired on 2"));
    assertShown(first);
  }

  @Test
  void oneThatExpiresWhileItIsShownIsSaid() throws Exception {
    SelfSigned old = SelfSigned.old();
    // As it is when time goes by.
    keys.show(new ServerCertificate(old.key(), List.of(old.certificate())));
    lookTwice();

    assertTrue(watch.hasExpired());
    assertTrue(watch.problem().orElseThrow().contains("clients refuse it"));
    second.write(certificate, key);
    lookTwice();
    assertFalse(watch.hasExpired());
    assertEquals(Optional.empty(), watch.problem());
  }
}
