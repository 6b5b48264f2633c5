package courier.socketio;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOChannelInitializer;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.handler.EncoderHandler;
import com.corundumstudio.socketio.namespace.NamespacesHub;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.io.IOException;
import java.io.UncheckedIOException;

/** netty-socketio's handlers of a connection, with what they lack under load. */
final class SocketioPipeline extends SocketIOChannelInitializer {
  /** The server flushes after each event: a system call for each, if nobody gathers them. */
  private static final int EVENTS_PER_FLUSH = 32;

  final Admission admission;
  final Sessions sessions;
  final SlowClients slow;
  final ConnectHandler connect;
  private Handshakes handshakes;
  private EncoderHandler encoder;

  SocketioPipeline(SocketioLimits limits) {
    admission = new Admission(limits);
    sessions = new Sessions(limits, admission, this);
    slow = new SlowClients(sessions);
    connect = new ConnectHandler(sessions);
  }

  @Override
  public void start(Configuration configuration, NamespacesHub namespaces) {
    super.start(configuration, namespaces);
    handshakes = new Handshakes(admission, sessions, configuration.getContext() + "/");
    try {
      encoder = new EncoderHandler(configuration, new PollingPacketEncoder(configuration));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds the handlers to a connection that another server accepted. */
  void addTo(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addLast(this); // for the scheduler, which takes note of it
    addSocketioHandlers(pipeline);
    pipeline.remove(this);
  }

  @Override
  protected void addSocketioHandlers(ChannelPipeline pipeline) {
    super.addSocketioHandlers(pipeline);
    pipeline.replace(SOCKETIO_ENCODER, SOCKETIO_ENCODER, encoder);
    pipeline.addFirst(new FlushConsolidationHandler(EVENTS_PER_FLUSH, true));
    ConnectionGuard guard = new ConnectionGuard(sessions, slow);
    pipeline.addBefore(PACKET_HANDLER, null, new ClientPackets(sessions, guard));
    pipeline.addBefore(PACKET_HANDLER, null, connect);
    pipeline.addBefore(AUTHORIZE_HANDLER, null, handshakes);
    pipeline.addAfter(AUTHORIZE_HANDLER, null, sessions);
    pipeline.addLast(guard);
  }

  @Override
  public void onDisconnect(ClientHead client) {
    super.onDisconnect(client);
    sessions.closed(client);
  }
}
