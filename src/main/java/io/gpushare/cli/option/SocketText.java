package io.gpushare.cli.option;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code PORT}, which means this machine only, or {@code HOST:PORT}. */
public final class SocketText implements ITypeConverter<InetSocketAddress> {
    private static final Pattern SYNTAX = Pattern.compile("(?:([^\\[\\]]+|\\[[^\\[\\]]+]):)?(\\d{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    @Override
    public InetSocketAddress convert(String text) {
        Matcher matcher = SYNTAX.matcher(text.strip());
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > HIGHEST_PORT) {
            throw new TypeConversionException("'" + text + "' is neither a port nor HOST:PORT");
        }
        int port = Integer.parseInt(matcher.group(2));
        String host = matcher.group(1);
        if (host == null) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host.replaceAll("^\\[|]$", "")), port);
        } catch (UnknownHostException e) {
            throw new TypeConversionException("there is no host '" + host + "'");
        }
    }
}
