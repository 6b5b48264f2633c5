package courier.socketio.packet;

import com.corundumstudio.socketio.protocol.UTF8CharsScanner;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/**
 * The packets of a message or of a polling request, as slices. netty-socketio's decoder can do that
 * too, but it copies each packet and never frees the copies.
 */
public final class Payload implements Iterator<ByteBuf> {
  private static final UTF8CharsScanner CHARACTERS = new UTF8CharsScanner();
  private static final byte SEPARATOR = 0x1E;
  private static final int MAX_DIGITS = 9;

  private final ByteBuf content;

  public Payload(ByteBuf content) {
    this.content = content;
  }

  @Override
  public boolean hasNext() {
    return content.isReadable();
  }

  /**
   * @throws IllegalStateException if it is shorter than it says
   */
  @Override
  public ByteBuf next() {
    int digits = digitsOfLength();
    if (digits > 0) { // the form of the protocol's third version
      CharSequence length = content.readCharSequence(digits, StandardCharsets.US_ASCII);
      content.skipBytes(1);
      int characters = Integer.parseInt(length.toString());
      return content.readSlice(CHARACTERS.getActualLength(content, characters));
    }
    int end = content.bytesBefore(SEPARATOR);
    if (end < 0) {
      return content.readSlice(content.readableBytes());
    }
    ByteBuf packet = content.readSlice(end);
    content.skipBytes(1);
    return packet;
  }

  private int digitsOfLength() {
    int start = content.readerIndex();
    int most = Math.min(content.readableBytes() - 1, MAX_DIGITS);
    for (int digits = 0; digits <= most; digits++) {
      byte character = content.getByte(start + digits);
      if (character == ':') {
        return digits;
      }
      if (character < '0' || character > '9') {
        return 0;
      }
    }
    return 0;
  }
}
