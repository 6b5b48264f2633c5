package courier.http.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateFilesTest {
  private static final SelfSigned EC = SelfSigned.named("ec");
  private static final SelfSigned RSA = SelfSigned.rsa();

  @TempDir private Path folder;
  private Path certificate;
  private Path key;

  @BeforeEach
  void name() {
    certificate = folder.resolve("tls.crt");
    key = folder.resolve("tls.key");
  }

  private static ServerCertificate load(Path certificate, Path key, String password)
      throws CertificateProblem {
    CertificateFiles files = new CertificateFiles(certificate, key, password);
    return files.load(files.read());
  }

  private void assertRefused(Path certificate, Path key, String password, String... words)
      throws Exception {
    String said =
        assertThrows(CertificateProblem.class, () -> load(certificate, key, password)).getMessage();
    for (String word : words) {
      assertTrue(said.contains(word), said);
    }
    assertFalse(said.contains("secret"), said);
    assertFalse(said.contains(EC.keyPem().substring(40, 80)), said);
  }

  @Test
  void readsPemOfTwoFilesAndOfOne() throws Exception {
    for (SelfSigned each : new SelfSigned[] {EC, RSA}) {
      each.write(certificate, key);
      assertEquals(each.key(), load(certificate, key, "").key());
      Files.writeString(certificate, each.keyPem() + "of mine\n" + each.certificatePem());
      assertEquals(each.certificate(), load(certificate, null, "").own());
    }
  }

  @Test
  void readsAKeyAsOlderProgramsWriteIt() throws Exception {
    RSA.write(certificate, key);
    // A key of PKCS#1 is what one of PKCS#8 has inside, behind 26 bytes that say it is RSA.
    byte[] whole = RSA.key().getEncoded();
    byte[] inside = Arrays.copyOfRange(whole, 26, whole.length);
    Files.writeString(key, SelfSigned.pem("RSA PRIVATE KEY", inside));

    assertEquals(RSA.key(), load(certificate, key, "").key());
  }

  @Test
  void readsPkcs12() throws Exception {
    ServerCertificate read = load(EC.p12, null, SelfSigned.PASSWORD);

    assertEquals(EC.certificate(), read.own());
    assertEquals(EC.key(), read.key());
  }

  @Test
  void saysWhichFileIsMissing() throws Exception {
    assertRefused(certificate, key, "", "tls.certificate is " + certificate, "no such file");
    Files.writeString(certificate, EC.certificatePem());
    assertRefused(certificate, key, "", "tls.key is " + key, "no such file");
    assertRefused(certificate, folder, "", "tls.key is " + folder, "no file that can be read");
  }

  @Test
  void saysThatTheKeyIsOfAnother() throws Exception {
    SelfSigned other = SelfSigned.named("ec-2");
    EC.write(certificate, key);
    for (String wrong : new String[] {other.keyPem(), RSA.keyPem()}) {
      Files.writeString(key, wrong);
      assertRefused(certificate, key, "", "do not belong together");
    }
  }

  @Test
  void saysWhenItExpiredOrWillBeValid() throws Exception {
    SelfSigned.old().write(certificate, key);
    assertRefused(certificate, key, "", "expired on 2", "have a new one issued");
    SelfSigned.named("early", "-keyalg", "EC", "-startdate", "+1d").write(certificate, key);
    assertRefused(certificate, key, "", "not valid before 2", "clock");
  }

  @Test
  void saysThatAKeyIsEncryptedOrMissing() throws Exception {
    EC.write(certificate, key);
    for (String encrypted :
        new String[] {
          "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
          "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n"
        }) {
      Files.writeString(key, encrypted);
      assertRefused(certificate, key, "", "is encrypted", "openssl pkey");
    }
    Files.writeString(key, EC.certificatePem());
    assertRefused(certificate, key, "", "tls.key has no private key");
    assertRefused(certificate, null, "", "set tls.key");
  }

  @Test
  void saysThatThePasswordIsWrong() throws Exception {
    assertRefused(EC.p12, null, "secret", "tls.password does not open", "ec.p12");
    assertRefused(EC.p12, null, "", "tls.password does not open");
  }

  @ParameterizedTest
  @CsvSource({
    "'', neither PEM nor PKCS#12",
    "nonsense, neither PEM nor PKCS#12",
    "-----BEGIN CERTIFICATE-----, or its key is not whole",
    "'-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', or its key is not whole",
    "'-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----', or its key is not whole",
  })
  void saysThatItIsNone(String content, String words) throws Exception {
    Files.writeString(certificate, content);
    Files.writeString(key, EC.keyPem());

    assertRefused(certificate, content.startsWith("-----") ? key : null, "", words);
  }

  @Test
  void saysThatPkcs12IsItsOwnKey() throws Exception {
    Files.writeString(key, EC.keyPem());

    assertRefused(EC.p12, key, SelfSigned.PASSWORD, "leave out tls.key");
  }

  @Test
  void saysThatItIsCutOff() throws Exception {
    byte[] whole = Files.readAllBytes(EC.p12);
    Files.write(certificate, Arrays.copyOf(whole, whole.length / 2));

    assertRefused(certificate, null, SelfSigned.PASSWORD, "not whole");
  }
}
