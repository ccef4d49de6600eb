namespace Firstline.DevServer.Http.Selectors;

/// <summary>How a requirement compares.</summary>
internal enum LabelOperator
{
    In,
    NotIn,
    Exists,
    DoesNotExist,
    GreaterThan,
    LessThan,
}
