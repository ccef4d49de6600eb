namespace Firstline.Host.Options;

/// <summary>How a model is spoken to.</summary>
public enum ModelProvider
{
    /// <summary>None is asked: diagnoses are those of the rules.</summary>
    None,

    /// <summary>By the chat completions of OpenAI's API, which vLLM, Ollama, Azure and others speak too.</summary>
    OpenAI,

    /// <summary>By the messages of Anthropic's API.</summary>
    Anthropic,
}
