package courier.kafka;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An authority that signs certificates, and what a side of TLS is told to have and trust them. */
public final class Certificates {
  private static final String PASSWORD = "changeit";
  private static final String AUTHORITY = "authority";

  private final Path folder;

  public Certificates(Path folder) throws Exception {
    this.folder = folder;
    generate(AUTHORITY, "-ext", "bc=ca:true");
    export(AUTHORITY);
  }

  /**
   * A certificate for a name at localhost.
   *
   * @param signing further options of how it is signed
   */
  public void issue(String name, String... signing) throws Exception {
    generate(name);
    keytool(name, "-certreq", "-alias", name, "-file", file(name + ".csr"));
    List<String> sign = new ArrayList<>(List.of("-gencert", "-alias", AUTHORITY, "-rfc"));
    sign.addAll(List.of("-infile", file(name + ".csr"), "-outfile", file(name + ".pem")));
    sign.addAll(List.of("-ext", "san=dns:localhost"));
    sign.addAll(List.of(signing));
    keytool(AUTHORITY, sign.toArray(String[]::new));
    keytool(name, "-importcert", "-noprompt", "-alias", AUTHORITY, "-file", authority());
    keytool(name, "-importcert", "-noprompt", "-alias", name, "-file", file(name + ".pem"));
  }

  /** The authority's own certificate. */
  public String authority() {
    return file(AUTHORITY + ".pem");
  }

  /** To show this certificate, and trust those that the authority has signed. */
  public Map<String, String> properties(String name) {
    return Map.of(
        "ssl.keystore.type",
        "PKCS12",
        "ssl.keystore.location",
        file(name + ".p12"),
        "ssl.keystore.password",
        PASSWORD,
        "ssl.key.password",
        PASSWORD,
        "ssl.truststore.type",
        "PEM",
        "ssl.truststore.location",
        authority());
  }

  private void generate(String name, String... more) throws Exception {
    List<String> generate = new ArrayList<>(List.of("-genkeypair", "-alias", name));
    generate.addAll(List.of("-keyalg", "EC", "-dname", "CN=" + name));
    generate.addAll(List.of(more));
    keytool(name, generate.toArray(String[]::new));
  }

  private void export(String name) throws Exception {
    keytool(name, "-exportcert", "-rfc", "-alias", name, "-file", file(name + ".pem"));
  }

  private void keytool(String store, String... arguments) throws Exception {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command = new ArrayList<>(List.of(keytool));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", file(store + ".p12"), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(said);
    }
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }
}
