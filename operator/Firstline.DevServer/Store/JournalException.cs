namespace Firstline.DevServer.Store;

/// <summary>The persistence folder cannot be read or written; the message is one sentence for people.</summary>
internal sealed class JournalException(string message, Exception? cause = null) : Exception(message, cause);
