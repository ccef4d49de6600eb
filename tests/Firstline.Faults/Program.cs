using System.Globalization;
using Firstline.Faults;

// Firstline.Faults [RUNS [FIRST-SEED]]: plays seeded schedules of faults between informers and an API server; a violation is played again with RUNS 1 and its seed.
int runs = args is [string count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 1000;
int first = args is [_, string seed, ..] ? int.Parse(seed, CultureInfo.InvariantCulture) : 1;
CampaignResult result = await Campaign.RunAsync(first, runs);
Console.WriteLine(result.ToText());
return result.Violations.IsEmpty ? 0 : 1;
