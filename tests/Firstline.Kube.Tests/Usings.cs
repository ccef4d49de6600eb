global using Firstline.Testing;
global using FluentAssertions;
global using Xunit;
