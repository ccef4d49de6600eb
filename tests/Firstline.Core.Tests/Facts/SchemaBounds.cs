using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Firstline.Api.Schema;

namespace Firstline.Core.Tests.Facts;

/// <summary>Finds what the schema has no room for, by the attributes that it is written from.</summary>
internal static class SchemaBounds
{
    /// <summary>One sentence for each string or list that is too long.</summary>
    public static IEnumerable<string> Broken(object value, string path)
    {
        foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static p => p.GetIndexParameters().Length == 0))
        {
            string at = $"{path}.{property.Name}";
            object? content = property.GetValue(value);
            int max = property.GetCustomAttribute<MaxLengthAttribute>()?.Length ?? int.MaxValue;
            int maxItem = property.GetCustomAttribute<ItemBoundsAttribute>()?.MaxLength ?? int.MaxValue;
            foreach (string broken in Judge(content, at, max, maxItem))
            {
                yield return broken;
            }
        }
    }

    private static IEnumerable<string> Judge(object? content, string at, int max, int maxItem) => content switch
    {
        string text => text.Length > max ? [$"{at} has {text.Length} characters, {max} fit"] : [],
        IEnumerable list => OfList([.. list.Cast<object>()], at, max, maxItem),
        not null when content.GetType().Namespace?.StartsWith("Firstline.Api", StringComparison.Ordinal) == true && content.GetType().IsClass => Broken(content, at),
        _ => [],
    };

    private static IEnumerable<string> OfList(object[] items, string at, int max, int maxItem) =>
        (items.Length > max ? [$"{at} has {items.Length} items, {max} fit"] : Array.Empty<string>()).Concat(items.SelectMany((item, i) => Judge(item, $"{at}[{i}]", maxItem, int.MaxValue)));
}
