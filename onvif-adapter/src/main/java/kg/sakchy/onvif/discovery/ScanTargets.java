package kg.sakchy.onvif.discovery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * The IPv4 addresses of a scan, each once, in rising order, without a network's own and its
 * broadcast address.
 *
 * <p>Written as a list, separated by commas or white space, of {@code 192.0.2.0/24}, {@code
 * 192.0.2.10-192.0.2.40}, {@code 192.0.2.10-40} and {@code 192.0.2.7}.
 *
 * <p>Threads: immutable.
 */
public final class ScanTargets implements Iterable<InetAddress> {
  /** Most addresses of one scan: a class B network. */
  public static final int MAX_ADDRESSES = 65_536;

  private static final int MAX_TEXT = 16_384;
  private static final Pattern CIDR = Pattern.compile("([0-9.]{7,15})/([0-9]{1,2})");
  private static final Pattern SPAN = Pattern.compile("([0-9.]{7,15})-([0-9.]{1,15})");

  private final List<Span> spans;
  private final int size;

  private record Span(long first, long last) {}

  private ScanTargets(List<Span> spans, int size) {
    this.spans = spans;
    this.size = size;
  }

  /**
   * Reads a list of ranges.
   *
   * @throws VmsException INVALID_ARGUMENT for what is no range, and for more than {@link
   *     #MAX_ADDRESSES} addresses
   */
  public static ScanTargets parse(String text) {
    if (text.length() > MAX_TEXT) {
      throw invalid("the list of addresses is too long");
    }
    List<Span> spans = new ArrayList<>();
    for (String item : text.strip().split("[\\s,;]+", -1)) {
      if (!item.isEmpty()) {
        spans.add(span(item));
      }
    }
    if (spans.isEmpty()) {
      throw invalid("no address to scan");
    }
    List<Span> merged = merge(spans);
    long size = merged.stream().mapToLong(span -> span.last - span.first + 1).sum();
    if (size > MAX_ADDRESSES) {
      throw invalid(size + " addresses are too many for one scan; at most " + MAX_ADDRESSES);
    }
    return new ScanTargets(merged, (int) size);
  }

  private static Span span(String item) {
    Matcher cidr = CIDR.matcher(item);
    if (cidr.matches()) {
      return network(item, number(cidr.group(1)), Integer.parseInt(cidr.group(2)));
    }
    Matcher range = SPAN.matcher(item);
    if (!range.matches()) {
      long single = number(item);
      return new Span(single, single);
    }
    long first = number(range.group(1));
    String end = range.group(2);
    long last =
        end.contains(".")
            ? number(end)
            : number(item.substring(0, item.lastIndexOf('.', item.indexOf('-')) + 1) + end);
    if (last < first) {
      throw invalid("the range " + item + " ends before it begins");
    }
    return new Span(first, last);
  }

  private static Span network(String item, long address, int prefix) {
    if (prefix > 32) {
      throw invalid("no prefix of an IPv4 network: " + item);
    }
    long count = 1L << (32 - prefix);
    long base = address & -count;
    return prefix >= 31 ? new Span(base, base + count - 1) : new Span(base + 1, base + count - 2);
  }

  private static List<Span> merge(List<Span> spans) {
    List<Span> sorted = new ArrayList<>(spans);
    sorted.sort(Comparator.comparingLong(Span::first));
    List<Span> merged = new ArrayList<>();
    for (Span span : sorted) {
      Span before = merged.isEmpty() ? null : merged.getLast();
      if (before == null || span.first > before.last + 1) {
        merged.add(span);
      } else {
        merged.set(merged.size() - 1, new Span(before.first, Math.max(before.last, span.last)));
      }
    }
    return merged;
  }

  private static long number(String dotted) {
    String[] parts = dotted.split("\\.", -1);
    if (parts.length != 4) {
      throw invalid("no IPv4 address: " + printable(dotted));
    }
    long number = 0;
    for (String part : parts) {
      if (!part.matches("[0-9]{1,3}") || Integer.parseInt(part) > 255) {
        throw invalid("no IPv4 address: " + printable(dotted));
      }
      number = number << 8 | Integer.parseInt(part);
    }
    return number;
  }

  private static String printable(String text) {
    String shown = text.replaceAll("[^ -~]", "?");
    return shown.length() > 40 ? shown.substring(0, 40) + "..." : shown;
  }

  private static VmsException invalid(String message) {
    return new VmsException(ErrorKind.INVALID_ARGUMENT, message);
  }

  /** How many addresses, 1 to {@link #MAX_ADDRESSES}. */
  public int size() {
    return size;
  }

  @Override
  public Iterator<InetAddress> iterator() {
    return new Addresses();
  }

  private final class Addresses implements Iterator<InetAddress> {
    private int span;
    private long next = spans.getFirst().first;

    @Override
    public boolean hasNext() {
      return span < spans.size();
    }

    @Override
    public InetAddress next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      long address = next++;
      if (next > spans.get(span).last && ++span < spans.size()) {
        next = spans.get(span).first;
      }
      byte[] bytes = {
        (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address
      };
      try {
        return InetAddress.getByAddress(bytes);
      } catch (UnknownHostException e) {
        throw new IllegalStateException("four bytes are an address", e);
      }
    }
  }
}
