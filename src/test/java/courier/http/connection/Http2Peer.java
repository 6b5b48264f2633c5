package courier.http.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A client that sends whatever frames of HTTP/2 it likes. */
public final class Http2Peer implements AutoCloseable {
  static final short WHOLE = new Http2Flags().endOfHeaders(true).endOfStream(true).value();
  public static final short HEAD_ONLY = new Http2Flags().endOfHeaders(true).value();

  private final Socket socket;
  private final DataInputStream in;
  private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();

  public record Frame(int type, int flags, int stream, byte[] payload) {
    /** Of a RST_STREAM, or a GOAWAY. */
    public long error() {
      ByteBuf bytes = Unpooled.wrappedBuffer(payload);
      return bytes.getUnsignedInt(type == Http2FrameTypes.GO_AWAY ? Integer.BYTES : 0);
    }
  }

  /** Speaks HTTP/2 at once; settings are pairs of a number and a value. */
  public Http2Peer(int port, int... settings) throws IOException {
    this(new Socket("127.0.0.1", port), settings);
  }

  Http2Peer(Socket socket, int... settings) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(20_000);
    in = new DataInputStream(socket.getInputStream());
    ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
    socket.getOutputStream().write(preface.toString(US_ASCII).getBytes(US_ASCII));
    ByteBuf payload = Unpooled.buffer();
    for (int i = 0; i < settings.length; i += 2) {
      payload.writeShort(settings[i]).writeInt(settings[i + 1]);
    }
    send(Http2FrameTypes.SETTINGS, 0, 0, payload);
  }

  public void send(int type, int flags, int stream, ByteBuf payload) throws IOException {
    ByteBuf frame = Unpooled.buffer();
    frame.writeMedium(payload.readableBytes()).writeByte(type).writeByte(flags).writeInt(stream);
    frame.writeBytes(payload);
    byte[] bytes = new byte[frame.readableBytes()];
    frame.readBytes(bytes);
    socket.getOutputStream().write(bytes);
  }

  public void send(int type, int flags, int stream, byte[] payload) throws IOException {
    send(type, flags, stream, Unpooled.wrappedBuffer(payload));
  }

  public void get(int stream, String path) throws Exception {
    head(stream, WHOLE, "GET", path);
  }

  public void head(int stream, int flags, String method, String path, String... more)
      throws Exception {
    Http2Headers headers =
        new DefaultHttp2Headers(false)
            .method(method)
            .path(path)
            .scheme("http")
            .authority("localhost");
    for (int i = 0; i < more.length; i += 2) {
      headers.add(more[i], more[i + 1]);
    }
    ByteBuf block = Unpooled.buffer();
    encoder.encodeHeaders(stream, headers, block);
    send(Http2FrameTypes.HEADERS, flags, stream, block);
  }

  public void window(int stream, int increment) throws IOException {
    send(Http2FrameTypes.WINDOW_UPDATE, 0, stream, Unpooled.copyInt(increment));
  }

  void reset(int stream) throws IOException {
    send(Http2FrameTypes.RST_STREAM, 0, stream, Unpooled.copyInt(8));
  }

  public void ping() throws IOException {
    send(Http2FrameTypes.PING, 0, 0, new byte[Long.BYTES]);
  }

  /** The next frame; null when the connection ends. */
  Frame read() throws IOException {
    try {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      byte[] payload = new byte[length];
      in.readFully(payload);
      return new Frame(type, flags, stream, payload);
    } catch (EOFException e) {
      return null;
    }
  }

  /** What comes up to such a frame, which is the last one. */
  public List<Frame> readUntil(Predicate<Frame> last) throws IOException {
    List<Frame> frames = new ArrayList<>();
    for (Frame frame = read(); ; frame = read()) {
      if (frame == null) {
        throw new EOFException("closed after " + frames);
      }
      frames.add(frame);
      if (last.test(frame)) {
        return frames;
      }
    }
  }

  public Frame await(int type, int stream) throws IOException {
    List<Frame> frames = readUntil(frame -> frame.type() == type && frame.stream() == stream);
    return frames.get(frames.size() - 1);
  }

  /** Reads to the end of the connection, which may be a reset. */
  List<Frame> readToTheEnd() throws IOException {
    List<Frame> frames = new ArrayList<>();
    try {
      for (Frame frame = read(); frame != null; frame = read()) {
        frames.add(frame);
      }
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // a reset is an end as well
    }
    return frames;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
