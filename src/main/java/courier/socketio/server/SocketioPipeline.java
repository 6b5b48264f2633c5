package courier.socketio.server;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOChannelInitializer;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.handler.EncoderHandler;
import com.corundumstudio.socketio.namespace.NamespacesHub;
import courier.socketio.guard.Admission;
import courier.socketio.guard.ConnectionGuard;
import courier.socketio.guard.SlowClients;
import courier.socketio.packet.AnswerHeaders;
import courier.socketio.packet.AttachmentFrames;
import courier.socketio.packet.OutgoingPacketEncoder;
import courier.socketio.session.Sessions;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.cors.CorsConfig;
import io.netty.handler.codec.http.cors.CorsConfigBuilder;
import io.netty.handler.codec.http.cors.CorsHandler;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** netty-socketio's handlers of a connection, with what they lack under load. */
final class SocketioPipeline extends SocketIOChannelInitializer {
  /** The server flushes after each event: a system call for each, if nobody gathers them. */
  private static final int EVENTS_PER_FLUSH = 32;

  final Admission admission;
  final Sessions sessions;
  final SlowClients slow;
  final LogClients clients;
  final UnaskedClients unasked;
  final ClientEvents events;
  private final ConnectHandler connect;
  private final CorsConfig cors;
  private final AnswerHeaders headers = new AnswerHeaders();
  private Handshakes handshakes;
  private EncoderHandler encoder;
  private NamespacesHub namespaces;

  SocketioPipeline(SocketioConfiguration options) {
    admission = new Admission(options);
    long patience = options.getPingInterval() + options.getPingTimeout();
    sessions = new Sessions(options, patience, admission, this::forget);
    slow = new SlowClients(sessions::all, options);
    events = new ClientEvents(options);
    clients = new LogClients(sessions, slow);
    unasked = new UnaskedClients(sessions, clients, options.getDoorkeeper());
    connect =
        new ConnectHandler(
            sessions,
            clients,
            events,
            options.getDoorkeeper(),
            name -> namespaces.get(name) != null);
    cors = cors(List.of(options.getOrigin().strip().split("\\s*,\\s*")));
  }

  /** Of those that are not named no request is answered, a WebSocket's neither. */
  private static CorsConfig cors(List<String> origins) {
    CorsConfigBuilder cors =
        origins.contains("*")
            ? CorsConfigBuilder.forAnyOrigin()
            : CorsConfigBuilder.forOrigins(origins.toArray(String[]::new)).shortCircuit();
    return cors.allowedRequestMethods(HttpMethod.GET, HttpMethod.POST)
        .allowedRequestHeaders(HttpHeaderNames.CONTENT_TYPE)
        .build();
  }

  @Override
  public void start(Configuration configuration, NamespacesHub namespaces) {
    super.start(configuration, namespaces);
    this.namespaces = namespaces;
    Set<String> transports =
        configuration.getTransports().stream()
            .map(transport -> transport.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    String path = configuration.getContext() + "/";
    handshakes = new Handshakes(admission, sessions, path, transports);
    try {
      encoder = new EncoderHandler(configuration, new OutgoingPacketEncoder(configuration));
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
    // Before who answers 413, whose answer would not be encoded.
    pipeline.remove(HTTP_ENCODER);
    pipeline.addBefore(HTTP_AGGREGATOR, HTTP_ENCODER, new HttpResponseEncoder());
    FlushConsolidationHandler gathering = new FlushConsolidationHandler(EVENTS_PER_FLUSH, true);
    ChannelHandlerContext tls = pipeline.context(SslHandler.class);
    if (tls == null) {
      pipeline.addFirst(gathering);
    } else {
      pipeline.addAfter(tls.name(), null, gathering); // or each event would be a record of its own
    }
    pipeline.addAfter(HTTP_AGGREGATOR, null, new CorsHandler(cors));
    pipeline.addAfter(HTTP_AGGREGATOR, null, headers);
    ConnectionGuard guard = new ConnectionGuard(sessions.limits(), slow, sessions::forget);
    pipeline.addBefore(PACKET_HANDLER, null, new ClientPackets(sessions, events, guard));
    pipeline.addBefore(PACKET_HANDLER, null, connect);
    pipeline.addBefore(AUTHORIZE_HANDLER, null, handshakes);
    pipeline.addAfter(AUTHORIZE_HANDLER, null, sessions);
    pipeline.addLast(new AttachmentFrames());
    pipeline.addLast(guard);
  }

  /** The connection is closed, or the client has left the last of its namespaces. */
  @Override
  public void onDisconnect(ClientHead client) {
    if (client.isConnected()) {
      sessions.leftAll(client);
    } else {
      forget(client);
    }
  }

  private void forget(ClientHead client) {
    super.onDisconnect(client);
    sessions.closed(client);
  }
}
