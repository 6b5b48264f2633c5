package courier.http.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Gives each handshake the certificate that is to be shown now. One that is under way when there is
 * another goes on with the one it began with, so no connection is refused or cut by the change.
 */
final class ServerKeys extends X509ExtendedKeyManager {
  private volatile Shown now;
  private volatile Shown before;

  private record Shown(String alias, ServerCertificate certificate) {}

  ServerKeys(ServerCertificate certificate) {
    now = new Shown("0", certificate);
    before = now;
  }

  ServerCertificate shown() {
    return now.certificate();
  }

  /** From the next handshake on. */
  synchronized void show(ServerCertificate certificate) {
    before = now;
    now = new Shown(String.valueOf(Integer.parseInt(now.alias()) + 1), certificate);
  }

  private ServerCertificate of(String alias) {
    Shown latest = now;
    return alias.equals(latest.alias()) ? latest.certificate() : before.certificate();
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    Shown latest = now;
    return latest.certificate().key().getAlgorithm().equals(keyType) ? latest.alias() : null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return of(alias).chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return of(alias).key();
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return chooseEngineServerAlias(keyType, issuers, null);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    String alias = chooseEngineServerAlias(keyType, issuers, null);
    return alias == null ? null : new String[] {alias};
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return null; // it is no client
  }

  @Override
  public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
    return null;
  }
}
