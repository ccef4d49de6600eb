using System.Diagnostics;
using System.Threading.Channels;
using Firstline.Host.Configuration;
using Firstline.Host.Logs;
using Firstline.Host.Options;
using FluentAssertions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Firstline.Host.Tests.Configuration;

/// <summary>Files are changed as a kubelet and as an editor change them; each test waits for what the operator says of it.</summary>
public sealed class ConfigurationWatchTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly SaidLines _said = new();

    public void Dispose()
    {
        _said.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_replaced_ConfigMap_mount_is_taken_over()
    {
        Publish("1", "log: {level: warning}\nwebhook: {maxBodyBytes: 2048}\n");
        Directory.CreateSymbolicLink(_folder.File("..data"), "1");
        File.CreateSymbolicLink(_folder.File("config.yaml"), "..data/config.yaml");
        LiveOptions options = Options();
        await using ConfigurationWatch watch = ConfigurationWatch.Start(options, _said)!;

        Publish("2", "log: {level: debug}\nwebhook: {maxBodyBytes: 4096}\n");
        Directory.CreateSymbolicLink(_folder.File("..data_tmp"), "2");
        await RenameAsync("..data_tmp", "..data");

        (await _said.NextAsync(Limit)).Should().Contain("log.level changed from warning to debug, in force from now on");
        (await _said.NextAsync(Limit)).Should().Contain("webhook.maxBodyBytes changed from 2048 to 4096");
        (options.Current.LogLevel, options.Current.Webhook.MaxBodyBytes).Should().Be((LogLevel.Debug, 4096));
    }

    [Fact]
    public async Task What_needs_a_restart_is_named_and_stays_as_it_was()
    {
        _folder.Write("config.yaml", "health: {port: 1001}\n");
        LiveOptions options = Options();
        await using ConfigurationWatch watch = ConfigurationWatch.Start(options, _said)!;

        Replace("health: {port: 2002}\nleaderElection: off\n");

        (await _said.NextAsync(Limit)).Should().EndWith("leaderElection, health.port changed and will be in force after a restart of the operator");
        (options.Current.Health.Port, options.Current.LeaderElection).Should().Be((1001, LeaderElectionMode.On));
    }

    [Fact]
    public async Task A_mistake_leaves_all_as_it_was_and_its_correction_is_taken_over()
    {
        _folder.Write("config.yaml", "log: {level: error}\n");
        LiveOptions options = Options();
        await using ConfigurationWatch watch = ConfigurationWatch.Start(options, _said)!;

        Replace("log: {level: debug}\nwebhok: {}\n");
        string refused = await _said.NextAsync(Limit);
        LogLevel meanwhile = options.Current.LogLevel;
        Replace("log: {level: debug}\n");
        string applied = await _said.NextAsync(Limit);

        refused.Should().Contain("config.yaml:2:1: unknown field \"webhok\", did you mean \"webhook\"?").And.Contain("what was in force stays");
        meanwhile.Should().Be(LogLevel.Error);
        applied.Should().Contain("log.level changed from error to debug");
    }

    [Fact]
    public async Task What_the_command_line_sets_is_not_changed_by_the_file()
    {
        _folder.Write("config.yaml", "log: {level: error}\n");
        LiveOptions options = Options("--log-level=trace");
        await using ConfigurationWatch watch = ConfigurationWatch.Start(options, _said)!;

        Replace("log: {level: debug}\nwebhook: {maxBodyBytes: 5000}\n");

        (await _said.NextAsync(Limit)).Should().Contain("webhook.maxBodyBytes changed");
        options.Current.LogLevel.Should().Be(LogLevel.Trace);
    }

    [Fact]
    public async Task A_file_that_changed_before_the_watch_began_is_taken_over()
    {
        _folder.Write("config.yaml", "log: {level: error}\n");
        LiveOptions options = Options();
        Replace("log: {level: debug}\n");

        await using ConfigurationWatch watch = ConfigurationWatch.Start(options, _said)!;

        (await _said.NextAsync(Limit)).Should().Contain("log.level changed from error to debug");
    }

    [Fact]
    public async Task An_error_that_nobody_expected_is_told_and_the_watch_goes_on()
    {
        _folder.Write("config.yaml", "log: {level: error}\n");
        LiveOptions options = Options();
        _said.Breaks = true;
        await using ConfigurationWatch watch = ConfigurationWatch.Start(options, _said)!;

        Replace("log: {level: debug}\n");
        string failed = await _said.NextAsync(Limit);
        Replace("log: {level: trace}\n");
        string applied = await _said.NextAsync(Limit);

        failed.Should().Contain("config.yaml").And.EndWith(": System.IO.IOException: no space left");
        applied.Should().Contain("log.level changed from debug to trace");
    }

    [Fact]
    public void A_changed_level_counts_for_loggers_that_are_there_already()
    {
        _folder.Write("config.yaml", "log: {level: error}\n");
        LiveOptions options = Options();
        using ILoggerFactory logs = OperatorLogging.Create(options);
        ILogger log = logs.CreateLogger("Firstline.Test");
        bool before = log.IsEnabled(LogLevel.Debug);

        Replace("log: {level: debug}\n");
        options.Reload();

        (before, log.IsEnabled(LogLevel.Debug), log.IsEnabled(LogLevel.Trace)).Should().Be((false, true, false));
    }

    private LiveOptions Options(params string[] more) => LiveOptions.From(OptionLayers.Of([$"--config={_folder.File("config.yaml")}", .. more], static _ => null));

    private void Publish(string version, string content)
    {
        Directory.CreateDirectory(_folder.File(version));
        File.WriteAllText(Path.Combine(_folder.File(version), "config.yaml"), content);
    }

    // A link to a folder is put in place of another by rename(2), as kubelets do; .NET refuses that.
    private async Task RenameAsync(string from, string to)
    {
        using Process rename = Process.Start(new ProcessStartInfo("mv", ["-fT", _folder.File(from), _folder.File(to)]))!;
        await rename.WaitForExitAsync();
        rename.ExitCode.Should().Be(0);
    }

    // As editors do: no reader sees a half of it.
    private void Replace(string content) => File.Move(_folder.Write("config.yaml.new", content), _folder.File("config.yaml"), overwrite: true);

    /// <summary>Log lines in the order in which they are written.</summary>
    private sealed class SaidLines : ILoggerFactory, ILogger
    {
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

        /// <summary>Fails at the next line, as a full disk under the log would.</summary>
        public bool Breaks { get; set; }

        public async Task<string> NextAsync(TimeSpan limit)
        {
            using CancellationTokenSource stop = new(limit);
            return await _lines.Reader.ReadAsync(stop.Token);
        }

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (Breaks)
            {
                Breaks = false;
                throw new IOException("no space left");
            }

            _lines.Writer.TryWrite(formatter(state, exception) + (exception is null ? "" : $": {exception.GetType()}: {exception.Message}"));
        }
    }
}
