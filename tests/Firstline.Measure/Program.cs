using Firstline.Measure;

if (args is not [{ } repository] || !Directory.Exists(Path.Combine(repository, "operator")))
{
    Console.Error.WriteLine("usage: Firstline.Measure FOLDER, where FOLDER is the repository: prints the measures of its code beside their targets");
    return 2;
}

Tree tree = new(SourceFile.All(repository));
Row byEye = new("1 files touched to add an action, detector or gate", "read by eye", "2 (file + list line)", null);
Row[] rows = [.. ShapeRows.Of(tree).Concat(EffectRows.Of(tree)).Append(byEye).OrderBy(row => int.Parse(row.Question.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture))];
bool colour = !Console.IsOutputRedirected;
int question = rows.Max(row => row.Question.Length);
int measured = rows.Max(row => row.Measured.Length);

Console.WriteLine($"      {"question".PadRight(question)}  {"now".PadRight(measured)}  target");
foreach (Row row in rows)
{
    (string word, int code) = row.IsMet switch { true => ("green", 32), false => ("red  ", 31), null => ("     ", 0) };
    string mark = colour && code > 0 ? $"\u001b[{code}m{word}\u001b[0m" : word;
    Console.WriteLine($"{mark} {row.Question.PadRight(question)}  {row.Measured.PadRight(measured)}  {row.Target}");
}

int red = rows.Count(row => row.IsMet == false);
Console.WriteLine($"{tree.Product.Sum(file => file.Lines)} source lines, {tree.Tests.Sum(file => file.Lines)} test lines; {rows.Count(row => row.IsMet == true)} green, {red} red");
return 0;
