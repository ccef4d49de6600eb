using Firstline.Host.Configuration;
using Firstline.Host.Options;
using Microsoft.Extensions.Logging.Console;

namespace Firstline.Host.Logs;

/// <summary>Log lines of the operator, on standard output.</summary>
public static class OperatorLogging
{
    /// <summary>Makes the log as the options say; a changed level counts from the next line on. The caller disposes it.</summary>
    public static ILoggerFactory Create(LiveOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return LoggerFactory.Create(logging =>
        {
            logging.SetMinimumLevel(LogLevel.Trace);
            logging.AddFilter(level => level >= options.Current.LogLevel);
            Quieten(logging);
            AddConsole(logging, options.Current.LogFormat);
        });
    }

    /// <summary>Leaves out what the web server says of each request, and its stack trace of a port in use, which is reported in one sentence.</summary>
    public static void Quieten(ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        logging.AddFilter("Microsoft.Hosting", LogLevel.Warning);
    }

    private static void AddConsole(ILoggingBuilder logging, LogFormat format)
    {
        if (format == LogFormat.Json)
        {
            logging.Services.AddSingleton<ConsoleFormatter>(new JsonLineFormatter(TimeProvider.System));
            logging.AddConsole(static console => console.FormatterName = JsonLineFormatter.FormatterName);
        }
        else
        {
            logging.AddSimpleConsole(static text =>
            {
                text.SingleLine = true;
                text.UseUtcTimestamp = true;
                text.TimestampFormat = "HH:mm:ss.fff ";
            });
        }
    }
}
